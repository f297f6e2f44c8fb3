import pytest

from engine.commands.cases.lifecycle import CancelCase, StartCase
from engine.commands.people.units import GrantRole
from engine.commands.tasks.lifecycle import ClaimTask, ClaimTasks, CompleteTask
from engine.model import Conflict, InvalidState, NotAllowed, NotFound, TaskId
from engine.store.models import JournalLine, Task
from tests.engine.commands.conftest import ENTERED, FOUND
from tests.engine.commands.knowing import rows


def holders(engine):
    return [task.assignee for task in rows(engine, Task)]


def test_it_makes_the_actor_its_assignee(deployed, who, investigate, clock):
    deployed.run(ClaimTask(investigate), by=who("lin"))

    [task] = rows(deployed, Task)
    assert (task.assignee, task.claimed_at) == ("lin", clock.now())


def test_claiming_twice_changes_nothing(deployed, who, investigate, clock):
    before = clock.now()
    deployed.run(ClaimTask(investigate), by=who("lin"))
    clock.move(hours=1)

    deployed.run(ClaimTask(investigate), by=who("lin"))

    assert rows(deployed, Task)[0].claimed_at == before


def test_it_refuses_those_it_is_not_offered_to(deployed, who, investigate):
    with pytest.raises(NotAllowed, match="赵主管"):
        deployed.run(ClaimTask(investigate), by=who("zhao"))


def test_it_says_who_took_it_before(deployed, who, investigate):
    deployed.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
    deployed.run(ClaimTask(investigate), by=who("lin"))

    with pytest.raises(Conflict, match="林文员 took it at 2026-03-02 09:10"):
        deployed.run(ClaimTask(investigate), by=who("wu"))


def test_it_refuses_what_is_completed(deployed, who, investigate, approve):
    with pytest.raises(Conflict, match="completed it"):
        deployed.run(ClaimTask(investigate), by=who("lin"))


def test_it_refuses_what_was_cancelled(deployed, who, case_id, investigate):
    deployed.run(CancelCase(case_id, "重复登记"), by=who("root"))

    with pytest.raises(InvalidState, match="went on without it"):
        deployed.run(ClaimTask(investigate), by=who("lin"))


def test_it_refuses_an_unknown_task(deployed, who):
    with pytest.raises(NotFound):
        deployed.run(ClaimTask(TaskId(99)), by=who("lin"))


@pytest.fixture
def two(deployed, who):
    for _ in range(2):
        deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    return tuple(TaskId(task.id) for task in rows(deployed, Task))


def test_several_are_claimed_at_once_and_each_case_has_its_line(deployed, who, two):
    deployed.run(ClaimTasks(two), by=who("lin"))

    assert holders(deployed) == ["lin", "lin"]
    lines = rows(deployed, JournalLine, JournalLine.command == "ClaimTasks")
    assert [line.case_id for line in lines] == [1, 2]


def test_of_several_all_are_claimed_or_none(deployed, who, two):
    deployed.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
    deployed.run(CompleteTask(two[1], FOUND), by=who("wu"))

    with pytest.raises(Conflict, match="吴旁人 completed it"):
        deployed.run(ClaimTasks(two), by=who("lin"))

    assert holders(deployed)[0] is None
