"""Runs due jobs until it is told to stop."""

import threading
from collections.abc import Sequence
from typing import Protocol

import structlog

from engine.model import EngineError
from engine.runtime import Engine
from engine.worker.looking import Look
from engine.worker.running import JobRunner

#: Seconds between looks into the table of jobs where no queue announces them.
LOOK_EVERY = 1.0
#: Seconds without a look after which something must hang.
_LONGEST_SILENCE = 120.0

_log = structlog.get_logger("worker")


class Listener(Protocol):
    """Something that hears of jobs as they are announced, and runs them."""

    def start(self) -> None:
        """Begin to listen, in threads of its own."""

    def stop(self) -> None:
        """Finish what runs, and listen no more."""


class Worker:
    """Threads that run what is due, and a listener beside them where there is a queue.

    Args:
        engine: Whose jobs.
        runner: What runs one.
        listener: What hears of announced jobs.
        mail: What sends mail, so that a slow mail server holds up nothing else.
        chats: What speaks to robots of chats, likewise.
    """

    def __init__(
        self,
        engine: Engine,
        runner: JobRunner,
        listener: Listener | None = None,
        mail: JobRunner | None = None,
        chats: JobRunner | None = None,
    ) -> None:
        # A queue that forgot something, or a worker that died, is noticed by looking.
        every = engine.settings.lease / 4 if listener else LOOK_EVERY
        self._listener = listener
        self._told_to_stop = threading.Event()
        self._looks: Sequence[Look] = [
            Look(name, engine, runs, every, self._give_up)
            for name, runs in (("worker", runner), ("mail", mail), ("chats", chats))
            if runs is not None
        ]
        #: Why it ended by itself, if it did.
        self.trouble: EngineError | None = None

    @property
    def is_alive(self) -> bool:
        """Tell whether every thread looked after its work lately."""
        return self.trouble is None and all(
            look.silence < _LONGEST_SILENCE for look in self._looks
        )

    def start(self) -> None:
        """Begin, in threads of its own."""
        for look in self._looks:
            look.start()
        if self._listener is not None:
            self._listener.start()

    def wake_senders(self) -> None:
        """Look at once for what is to be sent: what was done just now may owe some."""
        for look in self._looks[1:]:
            look.wake()

    def tell_to_stop(self) -> None:
        """Let it end after what runs just now."""
        self._told_to_stop.set()
        for look in self._looks:
            look.tell_to_stop()

    def stop(self) -> None:
        """Finish what runs, and end."""
        self.tell_to_stop()
        if self._listener is not None:
            self._listener.stop()
        for look in self._looks:
            look.join()

    def wait(self) -> None:
        """Wait until somebody tells it to stop, or it cannot go on."""
        self._told_to_stop.wait()

    def _give_up(self, trouble: EngineError) -> None:
        """Do nothing more: the tables may mean something else by now."""
        _log.error("worker_ends", reason=str(trouble))
        self.trouble = trouble
        self.tell_to_stop()
