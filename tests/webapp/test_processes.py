"""Several processes serve one address, and are begun again when they die."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.model import EngineError
from webapp.processes import open_socket

_PATIENCE = 60.0


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def serving(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    program = [sys.executable, "-m", "engine.cli", "serve", "--processes", "2"]
    home = {
        "COMPLAINTFLOW_HOME": str(tmp_path),
        "COMPLAINTFLOW_ADMIN_PASSWORD": "long " * 4,
    }
    process = subprocess.Popen(
        [*program, "--port", str(port)], env={**os.environ, **home}, start_new_session=True
    )
    until(lambda: answers(port))
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def until(happens: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.1)


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def children(process: subprocess.Popen[bytes]) -> set[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, check=False
    )
    return {int(word) for word in found.stdout.split()}


def test_an_address_that_is_taken_is_refused(port: int) -> None:
    with open_socket("127.0.0.1", port), pytest.raises(EngineError, match=str(port)):
        open_socket("127.0.0.1", port)


@pytest.mark.slow
def test_a_process_that_dies_is_begun_again(
    serving: subprocess.Popen[bytes], port: int
) -> None:
    until(lambda: len(children(serving)) == 2)
    before = children(serving)

    os.kill(min(before), signal.SIGKILL)

    until(lambda: len(children(serving) - before) == 1)
    assert answers(port)


@pytest.mark.slow
def test_all_end_when_asked_to(serving: subprocess.Popen[bytes], port: int) -> None:
    until(lambda: len(children(serving)) == 2)

    serving.terminate()

    assert serving.wait(_PATIENCE) == 0
    assert not answers(port)
