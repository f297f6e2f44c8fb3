"""Processes that do things at the same moment, each with connections of its own.

Threads of one process take turns at Python; what a database sees of several machines
is seen with processes alone.
"""

import multiprocessing
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from threading import Barrier
from typing import Protocol

from engine.commands.command import Command
from engine.model import SYSTEM, Actor, Rejected
from engine.policy import Library
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.agreeing import find_disagreements
from engine.store.verifying import verify
from engine.worker import JobRunner
from tests.conftest import StandingClock

_PATIENCE = 120  #: Seconds that a process waits for the others.

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.together.racers"])


class Action(Protocol):
    """Something that a process does with its engine."""

    def __call__(self, engine: Engine) -> object: ...


@dataclass(frozen=True, slots=True)
class Give:
    """Gives a command."""

    command: Command[object]
    by: Actor
    command_id: str | None = None

    def __call__(self, engine: Engine) -> object:
        return engine.run(self.command, by=self.by, command_id=self.command_id)


@dataclass(frozen=True, slots=True)
class Work:
    """Does the jobs that are due, as a worker does."""

    def __call__(self, engine: Engine) -> int:
        return JobRunner(engine).run_due()


@dataclass(frozen=True, slots=True)
class Verify:
    """Verifies the journal and the cases, as ``complaintflow verify`` does."""

    def __call__(self, engine: Engine) -> list[str]:
        with engine.database.reading(engine.clock.now(), SYSTEM) as reading:
            faults = verify(reading) + find_disagreements(reading)
            return [str(fault.sentence) for fault in faults]


@dataclass(frozen=True, slots=True)
class Again:
    """Does the same several times, without waiting for the others."""

    action: Action
    times: int

    def __call__(self, engine: Engine) -> list[object]:
        return [self.action(engine) for _ in range(self.times)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action."""

    kind: str  #: ``done``, or the name of the exception.
    said: str = ""  #: What the person is told.
    result: object = None


class Racers:
    """A few processes that act at the same moment, round after round."""

    def __init__(self, count: int) -> None:
        self._barrier = _context.Barrier(count)  # Kept, or its name would be gone.
        self._pipes: list[Connection] = []
        self._processes = []
        for _ in range(count):
            ours, theirs = _context.Pipe()
            process = _context.Process(
                target=_race, args=(theirs, self._barrier), daemon=True
            )
            process.start()
            theirs.close()
            self._pipes.append(ours)
            self._processes.append(process)

    def race(
        self, settings: Settings, moment: datetime, *lanes: Sequence[Action]
    ) -> list[tuple[Outcome, ...]]:
        """Let each process go down its lane, all in step, and return each round's outcomes.

        Args:
            settings: Of the installation that they race on.
            moment: What their clocks show.
            lanes: One for each process: what it does in each round.
        """
        assert len(lanes) == len(self._pipes)
        for pipe, lane in zip(self._pipes, lanes, strict=True):
            pipe.send((settings, moment, list(lane)))
        outcomes = [pipe.recv() for pipe in self._pipes]
        return list(zip(*outcomes, strict=True))

    def close(self) -> None:
        """Let the processes end."""
        for pipe in self._pipes:
            pipe.send(None)
            pipe.close()
        for process in self._processes:
            process.join(_PATIENCE)
            process.close()


def _race(pipe: Connection, barrier: Barrier) -> None:
    library = Library()
    while (task := pipe.recv()) is not None:
        settings, moment, lane = task
        engine = Engine(settings, StandingClock(moment))
        engine.database.holdings.library = library
        outcomes = []
        for action in lane:
            barrier.wait(_PATIENCE)
            outcomes.append(_outcome(action, engine))
        engine.close()
        pipe.send(outcomes)


def _outcome(action: Action, engine: Engine) -> Outcome:
    try:
        return Outcome("done", result=action(engine))
    except Rejected as refusal:
        return Outcome(type(refusal).__name__, str(refusal))
    except Exception as error:
        return Outcome(type(error).__name__, traceback.format_exc())
