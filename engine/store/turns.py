"""Lets those who write to one SQLite file go one after the other.

SQLite looks again for its lock after ever longer pauses, up to a tenth of a second, so
that under load writers sleep while nobody writes. Here each waits for its turn instead:
threads for each other, processes by a lock on a file beside the database. The turn is a
courtesy: SQLite's own lock still decides, and whoever waits too long goes on to it.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: threads still take turns.
    fcntl = None  # type: ignore[assignment]

_PATIENCE = 10.0  #: Seconds, as SQLite is told to wait.
_LOOK_AGAIN = 0.0005  #: Seconds between two looks at the lock of other processes.


class Turns:
    """The turns of one database file.

    Args:
        database: The file.
    """

    def __init__(self, database: Path) -> None:
        self._threads = threading.Lock()
        self._path = database.with_name(database.name + "-turn")
        self._file: int | None = None

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Write in one's turn."""
        until = time.monotonic() + _PATIENCE
        mine = self._threads.acquire(timeout=_PATIENCE)
        try:
            with self._before_other_processes(until, mine=mine):
                yield
        finally:
            if mine:
                self._threads.release()

    @contextmanager
    def _before_other_processes(self, until: float, *, mine: bool) -> Iterator[None]:
        if fcntl is None or not mine:
            yield
            return
        file = self._opened()
        locked = file is not None and _lock(file, until)
        try:
            yield
        finally:
            if locked and file is not None:
                fcntl.flock(file, fcntl.LOCK_UN)

    def _opened(self) -> int | None:
        if self._file is None:
            with suppress(OSError):  # No room or no right: SQLite will say so itself.
                self._file = os.open(
                    self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
                )
        return self._file

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _lock(file: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(_LOOK_AGAIN)
        else:
            return True
