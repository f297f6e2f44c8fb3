"""Looks into the table of jobs again and again, in a thread of its own."""

import threading
import time
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from engine.model import SYSTEM, EngineError
from engine.queries.operations.owed import NextDue
from engine.runtime import Engine
from engine.worker.running import JobRunner

_AFTER_TROUBLE = 5.0
_SOONEST = 0.05
_BATCH = 20  #: Jobs between two looks.

_log = structlog.get_logger("worker")


class Look:
    """A thread that runs what is due of some kinds.

    Args:
        name: Of the thread.
        engine: Whose jobs.
        runner: What runs one.
        every: Seconds between two looks at most.
        unfit: What to call when the database has become one for another release.
    """

    def __init__(
        self,
        name: str,
        engine: Engine,
        runner: JobRunner,
        every: float,
        unfit: Callable[[EngineError], None],
    ) -> None:
        self._engine = engine
        self._runner = runner
        self._every = every
        self._unfit = unfit
        self._told_to_stop = threading.Event()
        self._woken = threading.Event()
        self._turned_at = time.monotonic()
        self._thread = threading.Thread(target=self._look_again_and_again, name=name)

    @property
    def silence(self) -> float:
        """Seconds since it last looked or began a job."""
        return time.monotonic() - max(self._turned_at, self._runner.began_at)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Let it look at once."""
        self._woken.set()

    def tell_to_stop(self) -> None:
        """Let it end after the job that it is at."""
        self._told_to_stop.set()
        self._runner.stop()
        self._woken.set()

    def join(self) -> None:
        """Wait until it has ended."""
        self._thread.join()

    def _look_again_and_again(self) -> None:
        while not self._told_to_stop.is_set():
            self._woken.clear()
            self._turned_at = time.monotonic()
            self._woken.wait(self._look())

    def _look(self) -> float:
        """Run what is due and return how many seconds nothing will be."""
        try:
            self._engine.database.refuse_other_schema()
            ran = self._runner.run_due(_BATCH)
            return 0.0 if ran else self._pause()
        except SQLAlchemyError as error:
            # The database is away; whatever is owed is still owed when it is back.
            _log.warning("database_away", error=type(error).__name__)
            return min(_AFTER_TROUBLE, self._every)
        except EngineError as error:
            self._unfit(error)
            return self._every

    def _pause(self) -> float:
        """Return how long nothing is due, at most the time between two looks."""
        due = self._engine.ask(NextDue(self._runner.kinds), by=SYSTEM)
        if due is None:
            return self._every
        left = (due - self._engine.clock.now()).total_seconds()
        # What is due and was not run is at another worker, or has just come in.
        return min(self._every, max(left, _SOONEST) if left > 0 else self._every / 4)
