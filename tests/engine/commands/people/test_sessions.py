from datetime import timedelta

import pytest

from engine.commands.people.sessions import EndSession, LogIn, LogOut, SeeSession
from engine.model import SYSTEM, NotFound
from engine.store.models import JournalLine, LoginSession
from tests.engine.commands.knowing import rows, with_password
from tests.people import PASSWORD


@pytest.fixture
def session(engine):
    with_password(engine, "lin")
    return engine.run(LogIn("lin", PASSWORD, "10.0.0.1"), by=SYSTEM)


def ended_at(engine):
    return rows(engine, LoginSession)[0].ended_at


def test_logging_out_ends_the_session(engine, who, session, clock):
    engine.run(LogOut(session.token), by=who("lin"))

    assert ended_at(engine) == clock.now()


def test_logging_out_twice_is_no_fault(engine, who, session, clock):
    engine.run(LogOut(session.token), by=who("lin"))
    before = ended_at(engine)
    clock.move(hours=1)

    engine.run(LogOut(session.token), by=who("lin"))

    assert ended_at(engine) == before


def test_an_unknown_token_ends_nothing(engine, who, session):
    engine.run(LogOut("something else"), by=who("lin"))

    assert ended_at(engine) is None


@pytest.mark.parametrize("login", ["lin", "root"])
def test_one_ends_ones_own_session_and_administrators_anybodys(engine, who, session, login):
    engine.run(EndSession(session.session_id), by=who(login))

    assert ended_at(engine) is not None


def test_nobody_ends_somebody_elses_session(engine, who, session):
    with pytest.raises(NotFound):
        engine.run(EndSession(session.session_id), by=who("zhao"))

    assert ended_at(engine) is None


def test_a_session_that_is_used_lives_on_for_a_week_at_most(engine, who, session, clock):
    started = clock.now()
    for _ in range(14):
        clock.move(hours=11.9)
        engine.run(SeeSession(session.session_id), by=who("lin"))

    [row] = rows(engine, LoginSession)
    assert row.seen_at == clock.now()
    assert row.expires_at == started + timedelta(days=7)


def test_being_seen_is_no_event(engine, who, session, clock):
    before = len(rows(engine, JournalLine))
    clock.move(hours=1)

    engine.run(SeeSession(session.session_id), by=who("lin"))

    assert len(rows(engine, JournalLine)) == before
