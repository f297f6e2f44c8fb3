"""People who try what is not theirs: other units, other cases, those who must keep away."""

from datetime import timedelta

import pytest

from engine.commands.cases.lifecycle import (
    AddComment,
    CancelCase,
    CorrectVariable,
    StartCase,
)
from engine.commands.operations.incidents import RetryIncident
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.people.accounts import AddPerson, ChangePerson, SetPassword
from engine.commands.people.sessions import LogIn
from engine.commands.people.units import AddUnit, GrantRole, RevokeRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import (
    AssignTask,
    ClaimTask,
    CompleteTask,
    SaveDraft,
    SetFollowUp,
    UnclaimTask,
)
from engine.commands.telling.notices import ReadNotices
from engine.model import SYSTEM, InvalidState, NotAllowed, NotFound
from engine.queries.cases.file import CaseFile
from engine.queries.operations.troubles import Incidents, OneIncident, OperationsCounts
from engine.queries.people.notices import Notices, UnreadCount
from engine.queries.people.sessions import SignedIn
from engine.queries.search.cases import Cases
from engine.queries.tasks.one import OneTask, TaskForm
from engine.queries.tasks.worklist import Worklist
from engine.store.models import Incident, JournalLine, Notice
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting
from tests.engine.commands.knowing import rows, with_password
from tests.people import PASSWORD

ABOUT_TASKS = [
    ClaimTask,
    UnclaimTask,
    CompleteTask,
    lambda task: AssignTask(task, "lin"),
    lambda task: SetFollowUp(task, None),
    lambda task: SaveDraft({}, task_id=task),
]


@pytest.mark.parametrize("command", ABOUT_TASKS)
@pytest.mark.parametrize("login", ["wu", "qian"])
def test_a_task_of_other_peoples_cases_says_nothing_of_itself(
    deployed, who, investigate, approve, command, login
):
    for task in (investigate, approve):
        with pytest.raises(NotAllowed) as refusal:
            deployed.run(command(task), by=who(login))

        assert "林文员" not in str(refusal.value)
        assert "审批" not in str(refusal.value)


@pytest.mark.parametrize("query", [CaseFile, OneTask, TaskForm])
def test_a_case_of_other_people_does_not_even_say_its_number(
    deployed, who, case_id, investigate, query
):
    with pytest.raises(NotAllowed) as refusal:
        deployed.ask(query(1), by=who("wu"))

    assert "JY-" not in str(refusal.value)
    assert deployed.ask(Cases(), by=who("wu")).page.total == 0
    assert deployed.ask(Worklist("groups"), by=who("wu")).page.total == 0


RIGHTLESS = [
    AddPerson("new", "新人"),
    ChangePerson(1, "改名"),
    SetPassword(1, "a new password"),
    AddUnit("east", "东区", "branch"),
    GrantRole(1, "clerk"),
    RevokeRole(1, "clerk"),
    CancelCase(1, "不想办"),
    CorrectVariable(1, {"branch": "south"}),
    CorrelateMessage("goods-arrived", "JY-2603-0001", "m1"),
    RetryIncident(1),
]


@pytest.mark.parametrize("command", RIGHTLESS, ids=lambda command: type(command).__name__)
def test_who_holds_no_right_administers_and_operates_nothing(
    deployed, who, case_id, command
):
    lines = len(rows(deployed, JournalLine))

    with pytest.raises(NotAllowed):
        deployed.run(command, by=who("zhao"))

    assert len(rows(deployed, JournalLine)) == lines


@pytest.fixture
def against_root(engine, who, minimal):
    """A case that stopped, and of which the operator is the person complained of."""
    asking = changed(minimal, "complaint.bpmn", '=remedy = "replace"', "=costs &gt; 100")
    engine.run(DeployBundle(asking), by=who("root"))
    entered = ENTERED | {"personComplainedOf": "root"}
    engine.run(StartCase("minimal", "complaint", entered), by=who("lin"))
    engine.run(CompleteTask(waiting(engine, "investigate"), FOUND), by=who("lin"))
    return engine


@pytest.mark.parametrize(
    "command",
    [
        CancelCase(1, "撤销"),
        CorrectVariable(1, {"costs": 500}),
        RetryIncident(1),
        AddComment(1, "与我无关"),
    ],
    ids=lambda command: type(command).__name__,
)
def test_an_operator_does_nothing_in_a_case_against_themselves(against_root, who, command):
    with pytest.raises(NotAllowed):
        against_root.run(command, by=who("root"))

    assert rows(against_root, Incident)[0].state == "open"


def test_an_operator_sees_nothing_of_a_case_against_themselves(against_root, who):
    root = who("root")

    assert against_root.ask(Incidents(), by=root).total == 0
    assert against_root.ask(OperationsCounts(), by=root).incidents == 0
    assert against_root.ask(Cases(), by=root).page.total == 0
    for query in (OneIncident(1), CaseFile(1)):
        with pytest.raises(NotAllowed):
            against_root.ask(query, by=root)


def test_letters_are_hidden_from_whoever_must_keep_away_now(deployed, who, case_id):
    with deployed.database.writing(deployed.clock.now(), SYSTEM) as tx:
        tx.add(
            Notice(login="zhao", kind="letter", case_id=case_id, title="请回避", at=tx.now)
        )
    assert deployed.ask(UnreadCount(), by=who("zhao")) == 1

    deployed.run(CorrectVariable(case_id, {"personComplainedOf": "zhao"}), by=who("root"))

    assert deployed.ask(UnreadCount(), by=who("zhao")) == 0
    assert deployed.ask(Notices(), by=who("zhao")).total == 0


def test_notices_are_read_by_whom_they_are_to(deployed, who, case_id):
    with deployed.database.writing(deployed.clock.now(), SYSTEM) as tx:
        tx.add(
            Notice(login="zhao", kind="letter", case_id=case_id, title="通知", at=tx.now)
        )

    with pytest.raises(NotAllowed):
        deployed.run(ReadNotices((1,)), by=who("lin"))
    with pytest.raises(NotFound):
        deployed.run(ReadNotices((99,)), by=who("lin"))


def test_whoever_is_made_inactive_is_out_at_once(deployed, who):
    lin = with_password(deployed, "lin")
    token = deployed.run(LogIn("lin", PASSWORD, "10.0.0.1"), by=SYSTEM).token
    assert deployed.ask(SignedIn(token), by=SYSTEM)

    deployed.run(ChangePerson(lin.person_id, "林文员", active=False), by=who("root"))

    assert deployed.ask(SignedIn(token), by=SYSTEM) is None
    with pytest.raises(NotAllowed, match="to fit"):
        deployed.run(LogIn("lin", PASSWORD, "10.0.0.1"), by=SYSTEM)


def test_nobody_is_handed_a_task_who_left(deployed, who, investigate):
    wu = who("wu")
    deployed.run(GrantRole(wu.person_id, "clerk"), by=who("root"))
    deployed.run(ChangePerson(wu.person_id, "吴旁人", active=False), by=who("root"))

    with pytest.raises(NotFound):
        deployed.run(AssignTask(investigate, "wu"), by=who("root"))


def guess(engine, address, login="lin", times=1):
    for _ in range(times):
        with pytest.raises(NotAllowed):
            engine.run(LogIn(login, "wrong password", address), by=SYSTEM)


def test_strangers_who_guess_do_not_lock_out_who_logged_in_before(engine, clock):
    with_password(engine, "lin")
    engine.run(LogIn("lin", PASSWORD, "10.0.0.1"), by=SYSTEM)
    clock.move(hours=1)

    guess(engine, "10.6.6.6", times=20)

    assert engine.run(LogIn("lin", PASSWORD, "10.0.0.1"), by=SYSTEM)
    guess(engine, "10.7.7.7", times=6)
    with pytest.raises(NotAllowed, match="seconds"):
        engine.run(LogIn("lin", PASSWORD, "10.7.7.7"), by=SYSTEM)


def test_colleagues_behind_one_address_do_not_lock_each_other_out(engine, clock):
    with_password(engine, "lin")
    engine.run(LogIn("lin", PASSWORD, "10.0.0.1"), by=SYSTEM)
    for number in range(31):
        guess(engine, "10.0.0.1", login=f"colleague{number}")
        clock.move(seconds=1)

    assert engine.run(LogIn("lin", PASSWORD, "10.0.0.1"), by=SYSTEM)


def test_a_known_address_may_not_guess_without_end_either(engine, clock):
    with_password(engine, "lin")
    engine.run(LogIn("lin", PASSWORD, "10.0.0.1"), by=SYSTEM)

    guess(engine, "10.0.0.1", times=5)

    with pytest.raises(NotAllowed, match="seconds"):
        engine.run(LogIn("lin", PASSWORD, "10.0.0.1"), by=SYSTEM)
    clock.move(**{"seconds": timedelta(minutes=15).total_seconds()})
    assert engine.run(LogIn("lin", PASSWORD, "10.0.0.1"), by=SYSTEM)


def test_the_last_administrator_stays_one(deployed, who):
    root = who("root")

    with pytest.raises(InvalidState):
        deployed.run(ChangePerson(root.person_id, "管理员", rights=()), by=root)
