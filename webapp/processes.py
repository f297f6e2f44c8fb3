"""Several processes that serve one address: one for each processor, say.

Python runs one thread of a process at a time, so that a machine with two processors
answers more with two processes. They take turns at one socket; the first of them also
does what falls due. One that dies is begun again.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from types import FrameType

from engine.model import EngineError

#: Where the processes add up what they count, for /metrics.
SHARED_COUNTS = "PROMETHEUS_MULTIPROC_DIR"
_PATIENCE = 30.0  #: Seconds until a process that was asked to end is killed.
_PAUSE = 1.0  #: Seconds until one that died is begun again.


def open_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens at the address and that other processes may share.

    Raises:
        EngineError: If somebody else listens there, or there is no such address.
    """
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with ExitStack() as stack:
            listener = stack.enter_context(socket.socket(family, kind, protocol))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
            listener.listen(1024)
            stack.pop_all()
    except OSError as error:
        raise EngineError(
            "Expected to listen at {host}, port {port}, but the system refuses: {reason}.",
            host=host,
            port=port,
            reason=os.strerror(error.errno) if error.errno else str(error),
        ) from error
    listener.set_inheritable(True)
    return listener


class Processes:
    """Processes that serve at one socket until they are asked to end.

    Args:
        listener: The socket.
        arguments: What follows ``complaintflow`` on each one's command line.
        count: How many.
        worker: Whether the first also does what falls due.
    """

    def __init__(
        self, listener: socket.socket, arguments: Sequence[str], count: int, *, worker: bool
    ) -> None:
        self._listener = listener
        self._arguments = tuple(arguments)
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._places = range(count)
        self._worker = worker
        self._ending = False

    def run(self) -> None:
        """Begin them, begin those again that die, and end them when asked to end."""
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, self._end)
        with tempfile.TemporaryDirectory(prefix="complaintflow-") as counts:
            shared = {SHARED_COUNTS: counts, **os.environ}
            while not self._ending:
                self._begin_missing(shared)
                time.sleep(_PAUSE)
            self._wait()

    def _begin_missing(self, environment: Mapping[str, str]) -> None:
        for place in self._places:
            process = self._running.get(place)
            if process is None or process.poll() is not None:
                self._running[place] = subprocess.Popen(
                    self._command(place),
                    env=dict(environment),
                    pass_fds=(self._listener.fileno(),),
                )

    def _command(self, place: int) -> list[str]:
        worker = "--worker" if self._worker and place == 0 else "--no-worker"
        program = [sys.executable, "-m", "engine.cli", *self._arguments]
        return [*program, worker, "--listener", str(self._listener.fileno())]

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._ending = True

    def _wait(self) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
