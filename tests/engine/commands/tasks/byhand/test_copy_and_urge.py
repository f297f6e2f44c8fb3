import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.tasks.byhand.copying import CopyCase
from engine.commands.tasks.byhand.urging import UrgeTask
from engine.commands.tasks.lifecycle import ClaimTask
from engine.model import Conflict, InvalidState, InvalidValues, NotAllowed, NotFound
from engine.queries.cases.file import CaseFile
from tests.engine.commands.conftest import ENTERED, waiting
from tests.engine.commands.tasks.byhand.conftest import told


def test_who_gets_a_copy_is_told_and_reads_the_case(deployed, who, case_id, investigate):
    with pytest.raises(NotAllowed):
        deployed.ask(CaseFile(case_id), by=who("wu"))

    deployed.run(CopyCase(investigate, "wu", "供参考"), by=who("lin"))

    assert "供参考" in told(deployed, "wu")[0]
    assert deployed.ask(CaseFile(case_id), by=who("wu"))


def test_nobody_gets_it_twice_nor_oneself(deployed, who, investigate):
    deployed.run(CopyCase(investigate, "wu"), by=who("lin"))

    for login in ("wu", "lin"):
        with pytest.raises(InvalidState):
            deployed.run(CopyCase(investigate, login), by=who("lin"))


def test_others_send_no_copies(deployed, who, investigate, approve):
    with pytest.raises(NotAllowed):
        deployed.run(CopyCase(approve, "wu"), by=who("qian"))
    with pytest.raises(Conflict):
        deployed.run(CopyCase(investigate, "wu"), by=who("lin"))


def test_copies_go_to_people_who_may_know(deployed, who):
    entered = ENTERED | {"personComplainedOf": "qian"}
    deployed.run(StartCase("minimal", "complaint", entered), by=who("lin"))
    task = waiting(deployed, "investigate")

    with pytest.raises(NotAllowed, match="keep away"):
        deployed.run(CopyCase(task, "qian"), by=who("lin"))
    with pytest.raises(NotFound):
        deployed.run(CopyCase(task, "nobody"), by=who("lin"))
    with pytest.raises(InvalidValues):
        deployed.run(CopyCase(task, "wu", "长" * 20_000), by=who("lin"))


def test_all_to_whom_it_is_offered_are_urged(deployed, who, approve):
    assert deployed.run(UrgeTask(approve, "客户在等"), by=who("lin")) == 1

    assert "客户在等" in told(deployed, "zhao")[0]


def test_who_holds_it_alone_is_urged(deployed, who, second_clerk, investigate):
    deployed.run(ClaimTask(investigate), by=second_clerk)

    deployed.run(UrgeTask(investigate), by=who("lin"))

    assert told(deployed, "wu")
    assert not told(deployed, "lin")


def test_once_an_hour(deployed, who, approve, clock):
    deployed.run(UrgeTask(approve), by=who("lin"))
    with pytest.raises(Conflict, match="hour"):
        deployed.run(UrgeTask(approve), by=who("lin"))
    deployed.run(UrgeTask(approve), by=who("root"))

    clock.move(minutes=61)

    assert deployed.run(UrgeTask(approve), by=who("lin")) == 1


def test_nobody_urges_themselves(deployed, who, approve):
    deployed.run(ClaimTask(approve), by=who("zhao"))

    with pytest.raises(InvalidState, match="nobody to urge"):
        deployed.run(UrgeTask(approve), by=who("zhao"))


def test_strangers_do_not_urge(deployed, who, investigate, approve):
    with pytest.raises(NotAllowed):
        deployed.run(UrgeTask(approve), by=who("wu"))
    with pytest.raises(Conflict):
        deployed.run(UrgeTask(investigate), by=who("zhao"))
    with pytest.raises(NotFound):
        deployed.run(UrgeTask(approve + 99), by=who("lin"))
