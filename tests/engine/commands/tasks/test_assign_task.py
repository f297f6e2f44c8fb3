import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.people.accounts import ChangePerson
from engine.commands.people.units import GrantRole
from engine.commands.tasks.lifecycle import AssignTask, ClaimTask, CompleteTask
from engine.model import Conflict, NotAllowed, NotFound, TaskId
from engine.store.models import Task
from tests.engine.commands.conftest import ENTERED, FOUND, waiting
from tests.engine.commands.knowing import rows


@pytest.fixture
def second_clerk(deployed, who):
    deployed.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
    return who("wu")


def holder(engine, task_id):
    return rows(engine, Task, Task.id == task_id)[0].assignee


def test_the_holder_hands_it_on(deployed, who, second_clerk, investigate):
    deployed.run(ClaimTask(investigate), by=who("lin"))

    deployed.run(AssignTask(investigate, "wu"), by=who("lin"))

    assert holder(deployed, investigate) == "wu"


def test_who_leads_those_that_may_assigns_it(deployed, who, approve):
    deployed.run(AssignTask(approve, "zhao"), by=who("lin"))  # head escalates to clerk

    assert holder(deployed, approve) == "zhao"


def test_operations_assigns_to_anybody(deployed, who, investigate):
    deployed.run(AssignTask(investigate, "qian"), by=who("root"))

    assert deployed.run(CompleteTask(investigate, FOUND), by=who("qian"))


def test_others_do_not(deployed, who, investigate):
    with pytest.raises(NotAllowed, match="may see, but task"):
        deployed.run(AssignTask(investigate, "zhao"), by=who("zhao"))


def test_it_goes_to_those_it_is_offered_to(deployed, who, investigate):
    deployed.run(ClaimTask(investigate), by=who("lin"))

    with pytest.raises(NotAllowed, match="not offered to 赵主管"):
        deployed.run(AssignTask(investigate, "zhao"), by=who("lin"))


def test_four_eyes_hold_even_for_operations(deployed, who, approve):
    with pytest.raises(NotAllowed, match="looks at again"):
        deployed.run(AssignTask(approve, "lin"), by=who("root"))


def test_the_person_complained_of_gets_none(deployed, who):
    entered = ENTERED | {"personComplainedOf": "qian"}
    deployed.run(StartCase("minimal", "complaint", entered), by=who("lin"))

    with pytest.raises(NotAllowed, match="钱主管"):
        deployed.run(AssignTask(waiting(deployed, "investigate"), "qian"), by=who("root"))


def test_it_refuses_what_is_completed(deployed, who, investigate, approve):
    with pytest.raises(Conflict):
        deployed.run(AssignTask(investigate, "lin"), by=who("root"))


def test_it_refuses_unknown_and_inactive_people(deployed, who, investigate):
    wu = who("wu").person_id
    deployed.run(ChangePerson(wu, "吴旁人", active=False), by=who("root"))

    for login in ("nobody", "wu"):
        with pytest.raises(NotFound, match=f"login {login}"):
            deployed.run(AssignTask(investigate, login), by=who("root"))


def test_it_refuses_an_unknown_task(deployed, who):
    with pytest.raises(NotFound):
        deployed.run(AssignTask(TaskId(99), "lin"), by=who("root"))
