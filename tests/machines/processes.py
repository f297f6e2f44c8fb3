"""Workers in processes of their own, as on machines of their own."""

import ctypes
import multiprocessing
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from engine.runtime import Engine
from engine.settings import Settings
from engine.worker import open_worker

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.together.racers"])
_NETWORK = 0x40000000  #: CLONE_NEWNET of setns(2).
_PATIENCE = 60


class WorkerProcess:
    """A worker that has begun, as ``complaintflow worker`` runs one.

    Args:
        settings: Of its machine.
        inside: The network namespace to run in, if not this one.
    """

    def __init__(self, settings: Settings, inside: str | None = None) -> None:
        self._line, theirs = _context.Pipe()
        self._process = _context.Process(target=_work, args=(settings, theirs, inside))
        self._process.start()
        theirs.close()
        assert self._line.poll(_PATIENCE), "The worker did not begin."
        assert self._line.recv() == "begun"

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.join(_PATIENCE)

    def stop(self) -> None:
        """Tell it to stop, and wait until it has."""
        if self._process.is_alive():
            self._line.send("stop")
            self._process.join(_PATIENCE)
        ended = not self._process.is_alive()
        self._process.kill()
        self._line.close()
        assert ended, "The worker did not stop when it was told to."


def _work(settings: Settings, line: Connection, inside: str | None) -> None:
    if inside is not None:
        _enter(inside)
    engine = Engine(settings)
    worker = open_worker(engine)
    worker.start()
    line.send("begun")
    with suppress(EOFError):  # Whoever started it may have died.
        line.recv()
    worker.stop()
    engine.close()


def _enter(namespace: str) -> None:
    with Path(f"/run/netns/{namespace}").open() as place:
        failed = ctypes.CDLL(None, use_errno=True).setns(place.fileno(), _NETWORK)
    assert not failed, ctypes.get_errno()
