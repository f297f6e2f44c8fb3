import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.people.accounts import ChangePerson
from engine.commands.tasks.byhand.handing_on import HandOnTask
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.model import Conflict, InvalidState, InvalidValues, NotAllowed, NotFound
from engine.store.models import Task
from tests.engine.commands.conftest import ENTERED, FOUND, waiting
from tests.engine.commands.knowing import rows
from tests.engine.commands.tasks.byhand.conftest import forbid, told


def holder(engine, task_id):
    return rows(engine, Task, Task.id == task_id)[0].assignee


def test_another_person_holds_it_and_is_told(deployed, who, second_clerk, investigate):
    deployed.run(ClaimTask(investigate), by=who("lin"))

    deployed.run(HandOnTask(investigate, "wu", "外出"), by=who("lin"))

    assert holder(deployed, investigate) == "wu"
    assert "外出" in told(deployed, "wu")[0]
    assert deployed.run(CompleteTask(investigate, FOUND), by=who("wu"))


def test_not_to_somebody_to_whom_it_is_not_offered(deployed, who, approve):
    with pytest.raises(NotAllowed, match="not offered to 钱主管"):
        deployed.run(HandOnTask(approve, "qian"), by=who("zhao"))


def test_to_the_same_role_elsewhere_where_the_policy_allows_it(deployed, who, minimal):
    forbid(deployed, minimal, who, "across-units = true")
    deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    deployed.run(CompleteTask(waiting(deployed, "investigate"), FOUND), by=who("lin"))

    deployed.run(HandOnTask(waiting(deployed, "approve"), "qian"), by=who("zhao"))

    assert holder(deployed, waiting(deployed, "approve")) == "qian"


def test_four_eyes_hold(deployed, who, approve):
    with pytest.raises(NotAllowed, match="looks at again"):
        deployed.run(HandOnTask(approve, "lin"), by=who("zhao"))


def test_others_do_not(deployed, who, second_clerk, investigate):
    deployed.run(ClaimTask(investigate), by=who("lin"))

    for login in ("zhao", "wu"):
        with pytest.raises((NotAllowed, Conflict)):
            deployed.run(HandOnTask(investigate, login), by=who(login))


def test_to_whom_it_is_already_is_nothing(deployed, who, second_clerk, investigate):
    deployed.run(HandOnTask(investigate, "wu"), by=who("lin"))

    with pytest.raises(InvalidState, match="already"):
        deployed.run(HandOnTask(investigate, "wu"), by=who("wu"))


def test_to_nobody_is_refused(deployed, who, second_clerk, investigate):
    deployed.run(ChangePerson(who("wu").person_id, "吴旁人", active=False), by=who("root"))

    for login in ("nobody", "wu"):
        with pytest.raises(NotFound):
            deployed.run(HandOnTask(investigate, login), by=who("lin"))
    with pytest.raises(InvalidValues):
        deployed.run(HandOnTask(investigate, "wu", "长" * 20_000), by=who("lin"))


def test_what_is_over_is_not_handed_on(deployed, who, second_clerk, investigate, approve):
    with pytest.raises(Conflict):
        deployed.run(HandOnTask(investigate, "wu"), by=who("lin"))
