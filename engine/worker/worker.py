"""Runs due jobs until it is told to stop."""

import threading
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from engine.model import SYSTEM
from engine.queries.owed import NextDue
from engine.runtime import Engine
from engine.worker.running import JobRunner

#: Seconds between looks into the table of jobs where no queue announces them.
LOOK_EVERY = 1.0
#: Where a queue does: the look finds only what the queue forgot.
SWEEP_EVERY = 15.0
_AFTER_TROUBLE = 5.0

_log = structlog.get_logger("worker")


class Listener(Protocol):
    """Something that hears of jobs as they are announced, and runs them."""

    def start(self) -> None:
        """Begin to listen, in threads of its own."""

    def stop(self) -> None:
        """Finish what runs, and listen no more."""


class Worker:
    """One thread that runs what is due, and a listener beside it where there is a queue.

    Args:
        engine: Whose jobs.
        runner: What runs one.
        listener: What hears of announced jobs.
    """

    def __init__(
        self, engine: Engine, runner: JobRunner, listener: Listener | None = None
    ) -> None:
        self._engine = engine
        self._runner = runner
        self._listener = listener
        self._every = SWEEP_EVERY if listener else LOOK_EVERY
        self._told_to_stop = threading.Event()
        self._thread = threading.Thread(target=self._look_again_and_again, name="worker")

    def start(self) -> None:
        """Begin, in threads of its own."""
        self._thread.start()
        if self._listener is not None:
            self._listener.start()

    def stop(self) -> None:
        """Finish what runs, and end."""
        self._told_to_stop.set()
        if self._listener is not None:
            self._listener.stop()
        self._thread.join()

    def wait(self) -> None:
        """Wait until somebody tells it to stop."""
        self._told_to_stop.wait()

    def _look_again_and_again(self) -> None:
        while not self._told_to_stop.is_set():
            try:
                ran = self._runner.run_due()
                pause = 0.0 if ran else self._pause()
            except SQLAlchemyError as error:
                # The database is away; whatever is owed is still owed when it is back.
                _log.warning("database_away", reason=str(error).splitlines()[0])
                pause = _AFTER_TROUBLE
            self._told_to_stop.wait(pause)

    def _pause(self) -> float:
        """Return how long nothing is due, at most the time between two looks."""
        due = self._engine.ask(NextDue(), by=SYSTEM)
        if due is None:
            return self._every
        left = (due - self._engine.clock.now()).total_seconds()
        return min(self._every, max(left, 0.05))
