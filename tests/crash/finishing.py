"""Does all that is left to do after the kills, until every case is closed."""

import contextlib

from engine.commands.operations.incidents import RetryIncident
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import Rejected, TaskId
from engine.store.models import Case, Incident, Job, Subscription, Task
from engine.worker import JobRunner
from tests.conftest import StandingClock
from tests.crash.crew import Post, Sink
from tests.crash.notebook import NotingEngine
from tests.engine.commands.knowing import rows
from tests.people import actor

_ROUNDS = 60
_OWED = (Job.state.in_(("waiting", "running")), Job.kind != "checkpoint")


def finish(engine: NotingEngine, clock: StandingClock, post: Post) -> int:
    """Close every case, a day later by the clock each round; return incidents retried.

    Raises:
        AssertionError: If cases stay open or jobs owed.
    """
    lin, root = actor(engine, "lin"), actor(engine, "root")
    runner = JobRunner(engine, Sink(post.folder / f"{post.role}.mail"))
    retried = 0
    for _ in range(_ROUNDS):
        while runner.run_due():
            pass
        for incident in rows(engine, Incident, Incident.state == "open"):
            engine.run(RetryIncident(incident.id), by=root)
            retried += 1
        for task in rows(engine, Task, Task.state == "open"):
            with contextlib.suppress(Rejected):
                engine.run(CompleteTask(TaskId(task.id)), by=_holder(engine, task, lin))
        for waiting in rows(engine, Subscription, Subscription.case_id.is_not(None)):
            message = CorrelateMessage("answered", waiting.key, f"answer-{waiting.key}")
            engine.run(message, by=root)
        clock.move(days=1)
        if not rows(engine, Case, Case.state == "open") and not rows(engine, Job, *_OWED):
            return retried
    raise AssertionError("Cases stay open, or jobs stay owed, whatever is done.")


def _holder(engine: NotingEngine, task: Task, otherwise):
    return actor(engine, task.assignee) if task.assignee else otherwise


def ask_again(post: Post, clock: StandingClock) -> None:
    """Give the command again at which the last process of *post* was killed."""
    engine = NotingEngine(post.settings, clock, post.notebook)
    engine.ask_again()
    engine.close()
