import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.tasks.byhand.opinions import AskOpinion, DropOpinion, GiveOpinion
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import Conflict, InvalidState, InvalidValues, NotAllowed, NotFound
from engine.queries.handling.opinions import WantedOpinions
from engine.queries.tasks.one import OneTask
from engine.store.models import JournalLine, Opinion
from tests.engine.commands.conftest import ENTERED, waiting
from tests.engine.commands.knowing import rows
from tests.engine.commands.tasks.byhand.conftest import told


@pytest.fixture
def asked(deployed, who, approve):
    return deployed.run(AskOpinion(approve, "wu", "能否换货？", holds=True), by=who("zhao"))


def test_the_answer_is_kept_and_told(deployed, who, approve, asked):
    deployed.run(GiveOpinion(asked, "可以。"), by=who("wu"))

    [opinion] = rows(deployed, Opinion)
    assert (opinion.state, opinion.text) == ("given", "可以。")
    assert "opinion" in told(deployed, "wu")[0]
    assert "gave an opinion" in told(deployed, "zhao")[0]


def test_who_is_asked_sees_the_case_and_finds_the_question(deployed, who, approve, asked):
    [wanted] = deployed.ask(WantedOpinions(), by=who("wu"))

    assert (wanted.id, wanted.question) == (asked, "能否换货？")
    assert deployed.ask(OneTask(approve), by=who("wu")).by_hand.opinions[0].is_for_me


def test_the_task_waits_for_it_where_it_is_to(deployed, who, approve, asked):
    with pytest.raises(InvalidState, match="吴旁人"):
        deployed.run(CompleteTask(approve, {"agreed": True}), by=who("zhao"))

    deployed.run(GiveOpinion(asked, "可以。"), by=who("wu"))

    assert deployed.run(CompleteTask(approve, {"agreed": True}), by=who("zhao"))


def test_it_does_not_where_it_is_not(deployed, who, approve):
    asked = deployed.run(AskOpinion(approve, "wu", "能否换货？"), by=who("zhao"))

    deployed.run(CompleteTask(approve, {"agreed": True}), by=who("zhao"))

    with pytest.raises(Conflict):
        deployed.run(GiveOpinion(asked, "可以。"), by=who("wu"))
    assert not deployed.ask(WantedOpinions(), by=who("wu"))


def test_who_asked_does_without_it(deployed, who, approve, asked):
    deployed.run(DropOpinion(asked), by=who("zhao"))

    assert deployed.run(CompleteTask(approve, {"agreed": True}), by=who("zhao"))
    with pytest.raises(InvalidState):
        deployed.run(DropOpinion(asked), by=who("zhao"))


def test_only_who_is_asked_answers_and_once(deployed, who, approve, asked):
    for login in ("zhao", "root", "lin"):
        with pytest.raises(NotAllowed):
            deployed.run(GiveOpinion(asked, "可以。"), by=who(login))
    deployed.run(GiveOpinion(asked, "可以。"), by=who("wu"))
    with pytest.raises(InvalidState):
        deployed.run(GiveOpinion(asked, "不可以。"), by=who("wu"))


def test_only_who_holds_the_task_asks(deployed, who, approve, asked):
    for login in ("qian", "wu"):
        with pytest.raises(NotAllowed):
            deployed.run(AskOpinion(approve, "lin", "能否换货？"), by=who(login))
    with pytest.raises(NotAllowed):
        deployed.run(DropOpinion(asked), by=who("wu"))


def test_nobody_is_asked_twice_nor_oneself(deployed, who, approve, asked):
    for login in ("wu", "zhao"):
        with pytest.raises(InvalidState, match="not asked yet"):
            deployed.run(AskOpinion(approve, login, "能否换货？"), by=who("zhao"))


def test_there_is_a_question_and_an_answer(deployed, who, approve, asked):
    with pytest.raises(InvalidValues) as refusal:
        deployed.run(AskOpinion(approve, "lin", " "), by=who("zhao"))
    assert list(refusal.value.errors) == ["question"]
    with pytest.raises(InvalidValues) as refusal:
        deployed.run(GiveOpinion(asked, ""), by=who("wu"))
    assert list(refusal.value.errors) == ["text"]


def test_what_is_not_there_is_said(deployed, who, approve):
    with pytest.raises(NotFound):
        deployed.run(GiveOpinion(999, "可以。"), by=who("wu"))
    with pytest.raises(NotFound):
        deployed.run(AskOpinion(approve, "nobody", "能否换货？"), by=who("zhao"))


def test_the_person_complained_of_is_not_asked(deployed, who):
    entered = ENTERED | {"personComplainedOf": "qian"}
    deployed.run(StartCase("minimal", "complaint", entered), by=who("lin"))

    with pytest.raises(NotAllowed, match="keep away"):
        deployed.run(
            AskOpinion(waiting(deployed, "investigate"), "qian", "？"), by=who("lin")
        )


def test_the_journal_holds_no_words_of_it(deployed, who, asked):
    deployed.run(GiveOpinion(asked, "可以。"), by=who("wu"))

    bodies = "".join(line.body for line in rows(deployed, JournalLine))
    assert "AskOpinion" in {line.command for line in rows(deployed, JournalLine)}
    assert "能否换货" not in bodies
    assert "可以。" not in bodies
