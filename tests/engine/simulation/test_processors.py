"""Processes that work for another end when that one is killed."""

import subprocess
import sys

PARENT = """
import os, time
from engine.simulation.processors import workers

if __name__ == "__main__":
    with workers(1) as pool:
        print(pool.submit(os.getpid).result(), flush=True)
        pool.submit(time.sleep, 600).result()
"""


def test_workers_end_when_who_asked_them_is_killed(tmp_path):
    program = tmp_path / "parent.py"
    program.write_text(PARENT)
    parent = subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True)
    worker = int(parent.stdout.readline())

    parent.kill()

    # The worker speaks into the same pipe, which ends when nobody is left who could.
    said, _ = parent.communicate(timeout=30)
    assert worker != parent.pid
    assert said == ""
