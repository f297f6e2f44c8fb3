import pytest

from engine.commands.people.accounts import SetPassword
from engine.commands.people.sessions import LogIn
from engine.model import SYSTEM, InvalidValues, NotAllowed, NotFound, PersonId
from engine.store.models import LoginSession, Person
from tests.engine.commands.knowing import rows, with_password
from tests.people import PASSWORD

ANOTHER = "twelve green bottles"


def log_in(engine, password):
    return engine.run(LogIn("lin", password, "127.0.0.1"), by=SYSTEM)


def test_one_sets_ones_own_by_telling_the_present_one(engine):
    lin = with_password(engine, "lin")

    engine.run(SetPassword(lin.person_id, ANOTHER, present=PASSWORD), by=lin)

    assert log_in(engine, ANOTHER).person_id == lin.person_id


def test_it_refuses_a_wrong_present_password(engine):
    lin = with_password(engine, "lin")

    with pytest.raises(InvalidValues) as refusal:
        engine.run(SetPassword(lin.person_id, ANOTHER, present="guess guess"), by=lin)

    assert list(refusal.value.errors) == ["present"]


def test_it_refuses_a_weak_one(engine):
    lin = with_password(engine, "lin")

    with pytest.raises(InvalidValues) as refusal:
        engine.run(SetPassword(lin.person_id, "12345678", present=PASSWORD), by=lin)

    assert list(refusal.value.errors) == ["password"]


def test_it_refuses_somebody_elses(engine, who):
    lin = with_password(engine, "lin")

    with pytest.raises(NotAllowed, match="that of 林文员"):
        engine.run(SetPassword(lin.person_id, ANOTHER, present=PASSWORD), by=who("zhao"))


def test_it_refuses_an_unknown_person(engine, who):
    with pytest.raises(NotFound):
        engine.run(SetPassword(PersonId(99), ANOTHER), by=who("root"))


def test_it_ends_all_other_sessions(engine):
    lin = with_password(engine, "lin")
    here, there = log_in(engine, PASSWORD), log_in(engine, PASSWORD)

    engine.run(
        SetPassword(lin.person_id, ANOTHER, present=PASSWORD, session_id=here.session_id),
        by=lin,
    )

    ended = [row.id for row in rows(engine, LoginSession) if row.ended_at is not None]
    assert ended == [there.session_id]


def test_it_is_kept_as_argon2_and_nothing_else(engine):
    with_password(engine, "lin")

    [kept] = [row.password_hash for row in rows(engine, Person, Person.login == "lin")]
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept
