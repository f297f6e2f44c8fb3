import pytest

from engine.commands.tasks.lifecycle import ClaimTask, UnclaimTask
from engine.model import Conflict, InvalidState, NotAllowed, NotFound, TaskId
from engine.store.models import Task
from tests.engine.commands.knowing import rows


@pytest.fixture
def claimed(deployed, who, investigate):
    deployed.run(ClaimTask(investigate), by=who("lin"))
    return investigate


@pytest.mark.parametrize("login", ["lin", "root"])
def test_the_holder_and_operations_give_it_back(deployed, who, claimed, login):
    deployed.run(UnclaimTask(claimed), by=who(login))

    [task] = rows(deployed, Task)
    assert (task.assignee, task.claimed_at) == (None, None)


def test_nobody_else_does(deployed, who, claimed):
    with pytest.raises(NotAllowed, match="赵主管 may see, but task"):
        deployed.run(UnclaimTask(claimed), by=who("zhao"))


def test_it_refuses_what_nobody_holds(deployed, who, investigate):
    with pytest.raises(InvalidState, match="nobody does"):
        deployed.run(UnclaimTask(investigate), by=who("lin"))


def test_giving_back_twice_is_refused(deployed, who, claimed):
    deployed.run(UnclaimTask(claimed), by=who("lin"))

    with pytest.raises(InvalidState):
        deployed.run(UnclaimTask(claimed), by=who("lin"))


def test_it_refuses_what_is_completed(deployed, who, investigate, approve):
    with pytest.raises(Conflict):
        deployed.run(UnclaimTask(investigate), by=who("lin"))


def test_it_refuses_an_unknown_task(deployed, who):
    with pytest.raises(NotFound):
        deployed.run(UnclaimTask(TaskId(99)), by=who("lin"))
