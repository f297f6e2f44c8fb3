import pytest

from engine.commands.people.accounts import ChangePerson
from engine.commands.people.sessions import LogIn
from engine.model import SYSTEM, InvalidState, InvalidValues, NotAllowed, NotFound, PersonId
from tests.engine.commands.knowing import with_password
from tests.people import PASSWORD


def test_it_changes_what_is_known(engine, who):
    lin = who("lin")

    engine.run(ChangePerson(lin.person_id, "林组长", rights=("audit",)), by=who("root"))

    assert who("lin").name == "林组长"
    assert who("lin").rights == {"audit"}


def test_it_needs_an_administrator(engine, who):
    lin = who("lin")

    with pytest.raises(NotAllowed):
        engine.run(ChangePerson(lin.person_id, "林组长", rights=("admin",)), by=lin)


def test_it_refuses_an_unknown_person(engine, who):
    with pytest.raises(NotFound, match="person 99"):
        engine.run(ChangePerson(PersonId(99), "无人"), by=who("root"))


def test_it_refuses_an_unknown_right(engine, who):
    command = ChangePerson(who("lin").person_id, "林文员", rights=("fly",))

    with pytest.raises(InvalidValues) as refusal:
        engine.run(command, by=who("root"))

    assert "fly" in str(refusal.value.errors["rights"][0])


def test_somebody_must_be_left_to_administer(engine, who):
    root = who("root")

    with pytest.raises(InvalidState, match="last one"):
        engine.run(
            ChangePerson(root.person_id, "管理员", rights=("admin",), active=False), by=root
        )


def test_who_is_made_inactive_is_out_and_stays_out(engine, who):
    lin = with_password(engine, "lin")

    engine.run(ChangePerson(lin.person_id, "林文员", active=False), by=who("root"))

    with pytest.raises(NotAllowed):
        engine.run(LogIn("lin", PASSWORD, "127.0.0.1"), by=SYSTEM)


def test_the_same_change_twice_is_no_fault(engine, who):
    command = ChangePerson(who("lin").person_id, "林组长")

    engine.run(command, by=who("root"))
    engine.run(command, by=who("root"))

    assert who("lin").name == "林组长"
