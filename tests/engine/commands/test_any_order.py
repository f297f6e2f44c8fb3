"""Whatever people do in whatever order, tables, executions and journal agree."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.bpmn import Execution, Saved
from engine.commands.cases.lifecycle import CancelCase, CorrectVariable, StartCase
from engine.commands.operations.incidents import RetryIncident
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.tasks.byhand.returning import ReturnTask
from engine.commands.tasks.byhand.withdrawing import WithdrawTask
from engine.commands.tasks.lifecycle import AssignTask, ClaimTask, CompleteTask, UnclaimTask
from engine.model import SYSTEM, CaseId, Rejected, TaskId
from engine.store.agreeing import find_disagreements
from engine.store.cases import waiting_tokens
from engine.store.models import Case, Incident, SavedExecution, Task
from engine.store.verifying import verify
from tests.engine.commands.conftest import ENTERED, FOUND, work
from tests.engine.commands.knowing import rows
from tests.people import LOGINS, actor

NTH = st.integers(0, 5)
BRANCHES = st.sampled_from(["north", "north", "south", "moon"])
WHO = st.sampled_from(["whoever may", "whoever may", "whoever may", *LOGINS])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("start"), BRANCHES),
        st.tuples(st.just("complete"), NTH, WHO, st.sampled_from(["quality", "misuse"])),
        st.tuples(st.just("complete"), NTH, WHO, st.sampled_from(["quality", "aliens"])),
        st.tuples(st.sampled_from(["claim", "unclaim"]), NTH, WHO),
        st.tuples(st.just("assign"), NTH, WHO, st.sampled_from(LOGINS)),
        st.tuples(st.sampled_from(["give_back", "withdraw"]), NTH),
        st.tuples(st.just("correct"), NTH, BRANCHES),
        st.tuples(st.just("message"), NTH, st.integers(1, 3)),
        st.tuples(st.just("cancel"), NTH),
        st.tuples(st.just("retry"), NTH),
        st.tuples(st.just("wait"), st.integers(1, 10)),
    ),
    min_size=4,
    max_size=20,
)

#: What every play begins with, so that there is something to do it to.
BEGINNING = [
    ("start", "north"),
    ("start", "south"),
    ("start", "moon"),
    ("complete", 0, "whoever may", "quality"),
    ("complete", 2, "whoever may", "quality"),
]


class Play:
    """Does steps, each to the nth of what there is to do it to."""

    def __init__(self, engine, clock) -> None:
        self._engine = engine
        self._clock = clock

    def do(self, step) -> None:
        verb, *how = step
        with suppress(Rejected, LookupError):
            getattr(self, verb)(*how)

    def start(self, branch) -> None:
        self._run(StartCase("minimal", "complaint", ENTERED | {"branch": branch}), "lin")

    def complete(self, nth, who, fault) -> None:
        task = self._task(nth)
        values = FOUND | {"fault": fault}
        if task.element_id == "approve":
            values = {"agreed": True}
        self._run(CompleteTask(TaskId(task.id), values), self._may(task, who))

    def claim(self, nth, who) -> None:
        task = self._task(nth)
        self._run(ClaimTask(TaskId(task.id)), self._may(task, who))

    def unclaim(self, nth, who) -> None:
        task = self._task(nth)
        self._run(UnclaimTask(TaskId(task.id)), task.assignee or who)

    def assign(self, nth, who, login) -> None:
        self._run(AssignTask(TaskId(self._task(nth).id), login), "root")

    def give_back(self, nth) -> None:
        task = self._task(nth)
        command = ReturnTask(TaskId(task.id), "investigate", "缺照片")
        self._run(command, self._may(task, "whoever may"))

    def withdraw(self, nth) -> None:
        done = rows(self._engine, Task, Task.state == "completed")[::-1]
        task = done[nth % 2]
        self._run(WithdrawTask(TaskId(task.id)), task.completed_by)

    def correct(self, nth, branch) -> None:
        values = {"branch": branch}
        self._run(CorrectVariable(CaseId(self._nth(Case, nth).id), values), "root")

    def message(self, nth, message_id) -> None:
        number = self._nth(Case, nth).number
        self._run(
            CorrelateMessage("goods-arrived", number, f"{number}/{message_id}"), "root"
        )

    def cancel(self, nth) -> None:
        if nth == 0:  # Rarely, so that something is left to do.
            self._run(CancelCase(CaseId(self._nth(Case, nth).id), "重复登记"), "root")

    def retry(self, nth) -> None:
        self._run(RetryIncident(self._nth(Incident, nth).id), "root")

    def wait(self, hours) -> None:
        self._clock.move(hours=hours)
        work(self._engine)

    def _run(self, command, login) -> None:
        self._engine.run(command, by=actor(self._engine, login))

    def _task(self, nth):
        return self._nth(Task, nth, Task.state == "open")

    def _nth(self, kind, nth, *conditions):
        found = rows(self._engine, kind, *conditions)
        return found[nth % len(found)] if found else found[0]

    def _may(self, task, who) -> str:
        if who != "whoever may":
            return who
        [case] = rows(self._engine, Case, Case.id == task.case_id)
        heads = {"north": "zhao", "south": "qian"}
        return "lin" if task.element_id == "investigate" else heads.get(case.unit, "zhao")


@pytest.fixture
def play(ground, deployed, clock):
    """Play steps from the same beginning."""
    state, beginning = ground.save(), clock.now()

    def play(steps) -> None:
        ground.load(state)
        clock.moment = beginning
        for step in [*BEGINNING, *steps]:
            Play(deployed, clock).do(step)

    return play


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_everything_agrees(play, deployed, steps):
    play(steps)

    with deployed.database.reading(deployed.clock.now(), SYSTEM) as reading:
        assert verify(reading) == []
        assert find_disagreements(reading) == []
    for case in rows(deployed, Case):
        agree(deployed, case)


def agree(engine, case) -> None:
    """Compare what the tables say that a case waits for with its execution."""
    [saved] = rows(engine, SavedExecution, SavedExecution.case_id == case.id)
    with engine.database.reading(engine.clock.now(), SYSTEM) as reading:
        definitions = reading.loaded(case.deployment_id).definitions
        waiting = waiting_tokens(reading, case.id)
    execution = Execution.load(definitions, Saved(saved.state, saved.variables))
    if case.state == "open":
        assert waiting
        assert waiting <= set(execution.places)
        assert execution.save() == Saved(saved.state, saved.variables)
    else:
        assert not waiting
        assert execution.ended or case.state == "cancelled"
    for task in rows(engine, Task, Task.case_id == case.id, Task.state == "open"):
        assert execution.places[task.token] == task.element_id
