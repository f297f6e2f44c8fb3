import pytest
from sqlalchemy import select

from engine.commands.people.accounts import AddPerson
from engine.commands.people.sessions import LogIn
from engine.model import SYSTEM, Conflict, InvalidValues, NotAllowed
from engine.store.models import JournalLine
from tests.people import PASSWORD


def test_it_lets_somebody_log_in(engine, who):
    person_id = engine.run(AddPerson("sun", "孙新人", PASSWORD), by=who("root"))

    session = engine.run(LogIn("sun", PASSWORD, "127.0.0.1"), by=SYSTEM)

    assert session.person_id == person_id


def test_it_needs_an_administrator(engine, who):
    with pytest.raises(NotAllowed, match="right admin"):
        engine.run(AddPerson("sun", "孙新人"), by=who("zhao"))


def test_it_refuses_a_login_that_somebody_has(engine, who):
    with pytest.raises(Conflict, match="lin belongs to 林文员"):
        engine.run(AddPerson("lin", "另一人"), by=who("root"))


def test_it_says_what_is_wrong_at_each_field(engine, who):
    command = AddPerson("Sun!", " ", "short", "nowhere", ("fly",))

    with pytest.raises(InvalidValues) as refusal:
        engine.run(command, by=who("root"))

    assert set(refusal.value.errors) == {"login", "name", "password", "email", "rights"}


@pytest.mark.parametrize("password", ["password1", "aaaaaaaaaa", "sun-shines", "x" * 257])
def test_it_refuses_a_password_that_others_guess(engine, who, password):
    with pytest.raises(InvalidValues):
        engine.run(AddPerson("sun", "孙新人", password), by=who("root"))


def test_the_same_command_id_adds_one_person(engine, who):
    command = AddPerson("sun", "孙新人")

    first = engine.run(command, by=who("root"), command_id="click-1")
    second = engine.run(command, by=who("root"), command_id="click-1")

    assert first == second


def test_the_journal_holds_no_name_and_no_password(engine, who, database, clock):
    engine.run(AddPerson("sun", "孙新人", PASSWORD, "sun@example.com"), by=who("root"))

    with database.reading(clock.now(), SYSTEM) as reading:
        line = reading.session.scalars(
            select(JournalLine).order_by(JournalLine.seq.desc())
        ).first()
    assert line.command == "AddPerson"
    assert line.body == '{"demo":false,"login":"sun","rights":[]}'
