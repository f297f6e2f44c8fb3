"""What the processes do until they are killed: clerks, messengers and workers."""

import logging
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import configure_mappers

from engine.commands.cases.lifecycle import AddComment, StartCase
from engine.commands.command import Command
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.delivery import Mail
from engine.model import SYSTEM, Actor, CaseId, Rejected, TaskId
from engine.policy import Library
from engine.settings import Settings
from engine.store.models import Case, Subscription, Task
from engine.worker import JobRunner
from tests.crash.notebook import NotingEngine
from tests.people import actor
from tests.together.rapids import KEY, PROCESS, rapids

MOST_OPEN = 25  #: Cases; a clerk begins no more before some are closed.
ROLES = ("lin", "wu", "worker1", "worker2")

#: Read before processes are forked, so that each begins at once.
BUNDLE = rapids(soon="PT20S", late="PT40S", silent="PT30S")
LIBRARY = Library()
LIBRARY.get(BUNDLE.digest, lambda: BUNDLE)
configure_mappers()


@dataclass(frozen=True, slots=True)
class HastyClock:
    """A clock that goes faster than others, so that timers and leases pass soon."""

    began: datetime
    at: float  #: Seconds of the system's clock when it showed *began*.
    times: float

    def now(self) -> datetime:
        """Return the moment that it shows."""
        return self.began + timedelta(seconds=(time.time() - self.at) * self.times)


@dataclass(frozen=True, slots=True)
class Post:
    """Where a process has its place."""

    role: str
    settings: Settings
    clock: HastyClock
    folder: Path
    seed: str

    @property
    def notebook(self) -> Path:
        """The file of what it was told."""
        return self.folder / f"{self.role}.notes"


class Sink:
    """Takes e-mail over as a mail server does: once it says so, it has it."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def send(self, mail: Mail) -> None:
        """Take *mail* over."""
        os.write(self._descriptor, f"{mail.message_id}\n".encode())
        os.fsync(self._descriptor)


def be_quiet() -> None:
    """Let logs of what went as it should not be printed."""
    quiet = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(wrapper_class=quiet)


def serve(post: Post) -> None:
    """Do what the role does, until killed."""
    be_quiet()
    engine = NotingEngine(post.settings, post.clock, post.notebook)
    engine.database.holdings.library = LIBRARY
    engine.ask_again()
    if post.role.startswith("worker"):
        _work(engine, post.folder / f"{post.role}.mail")
    else:
        Clerk(engine, post.role, random.Random(post.seed)).serve()


def _work(engine: NotingEngine, mailbox: Path) -> None:
    runner = JobRunner(engine, Sink(mailbox))
    while True:
        if not runner.run_due(limit=5):
            time.sleep(0.02)


class Wanted:
    """Asks for something to do: an open task, a wait for an answer, an open case."""

    def __init__(self, column: object, *conditions: object) -> None:
        self._chosen = select(column).where(*conditions)

    def answer(self, reading):
        return reading.session.scalars(self._chosen).all()


class Clerk:
    """Begins cases, claims and completes tasks, tells of answers, remarks on cases."""

    def __init__(self, engine: NotingEngine, login: str, chance: random.Random) -> None:
        self._engine = engine
        self._me: Actor = actor(engine, login)
        self._root: Actor = actor(engine, "root")
        self._chance = chance

    def serve(self) -> None:
        """Do one thing after the other."""
        actions: list[Callable[[], None]] = [
            *[self._begin] * 3,
            *[self._complete] * 8,
            *[self._claim] * 2,
            *[self._tell] * 3,
            self._remark,
        ]
        while True:
            self._chance.choice(actions)()

    def _begin(self) -> None:
        opened = self._wanted(func.count(), Case.state == "open")
        if opened[0] < MOST_OPEN:
            self._give(StartCase(KEY, PROCESS, {}))

    def _complete(self) -> None:
        for task in self._one_of(Task.id, Task.state == "open"):
            self._give(CompleteTask(TaskId(task)))

    def _claim(self) -> None:
        for task in self._one_of(Task.id, Task.state == "open"):
            self._give(ClaimTask(TaskId(task)))

    def _tell(self) -> None:
        for number in self._one_of(Subscription.key, Subscription.case_id.is_not(None)):
            self._give(CorrelateMessage("answered", number, f"answer-{number}"), self._root)

    def _remark(self) -> None:
        for case in self._one_of(Case.id, Case.state == "open"):
            self._give(AddComment(CaseId(case), "看过了"), self._root)

    def _wanted(self, column: object, *conditions: object) -> list:
        return self._engine.ask(Wanted(column, *conditions), by=SYSTEM)

    def _one_of(self, column: object, *conditions: object) -> list:
        found = self._wanted(column, *conditions)
        return [self._chance.choice(found)] if found else []

    def _give(self, command: Command[object], by: Actor | None = None) -> None:
        try:
            self._engine.run(command, by=by or self._me)
        except Rejected:
            # Somebody was first, or the case went on: the notebook knows.
            return
