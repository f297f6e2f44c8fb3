"""Starts the real server in processes of its own, and looks at what they take."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.grounds import Ground

_PATIENCE = 60.0  #: Seconds.


@dataclass(frozen=True, slots=True)
class Server:
    """A serving process."""

    port: int
    process: subprocess.Popen[bytes]
    started_in: float  #: Seconds from the start of the process to its first answer.

    def memory(self) -> float:
        """Return the resident memory in MB."""
        return resident(self.process.pid)

    def worked(self) -> float:
        """Return the seconds that processors worked for it up to now."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


@contextmanager
def serving(ground: Ground, *, worker: bool) -> Iterator[Server]:
    """Serve the pages as README says, until the block ends."""
    port = _free_port()
    process, begun = command(ground, "serve", "--port", str(port), *_flags(worker)), _now()
    try:
        while not _answers(port):
            if process.poll() is not None or _now() - begun > _PATIENCE:
                raise RuntimeError("Expected the server to start, but it did not.")
            time.sleep(0.01)
        yield Server(port, process, _now() - begun)
    finally:
        process.terminate()
        process.wait(_PATIENCE)


@contextmanager
def working(ground: Ground) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker apart, until the block ends."""
    process = command(ground, "worker")
    try:
        yield process
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def command(ground: Ground, *arguments: str) -> subprocess.Popen[bytes]:
    """Start ``complaintflow`` on the database of *ground*."""
    settings = ground.settings
    return subprocess.Popen(
        [sys.executable, "-c", "from engine.cli import main; main()", *arguments],
        env={
            **os.environ,
            "COMPLAINTFLOW_HOME": str(ground.home),
            "COMPLAINTFLOW_DATABASE_URL": settings.database_url,
            "COMPLAINTFLOW_ADMIN_PASSWORD": "measured-and-thrown-away",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _flags(worker: bool) -> list[str]:
    return ["--worker" if worker else "--no-worker"]


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/sign-in")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _now() -> float:
    return time.perf_counter()
