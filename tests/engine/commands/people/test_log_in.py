import pytest

from engine.commands.people.sessions import LogIn
from engine.model import SYSTEM, NotAllowed
from engine.store.models import JournalLine, LoginAttempt, LoginSession
from tests.engine.commands.knowing import rows, with_password
from tests.people import PASSWORD


def log_in(engine, password=PASSWORD, login="lin", address="10.0.0.1"):
    return engine.run(LogIn(login, password, address, "Firefox"), by=SYSTEM)


def fail(engine, times, **where):
    for _ in range(times):
        with pytest.raises(NotAllowed, match="to fit"):
            log_in(engine, "wrong password", **where)


def test_it_opens_a_session_whose_token_the_server_does_not_keep(engine):
    lin = with_password(engine, "lin")

    token = log_in(engine)

    [session] = rows(engine, LoginSession)
    assert (token.person_id, token.session_id) == (lin.person_id, session.id)
    assert token.token not in session.token_digest
    assert session.agent == "Firefox"


def test_capitals_in_the_login_do_not_matter(engine):
    lin = with_password(engine, "lin")

    assert log_in(engine, login=" Lin ").person_id == lin.person_id


@pytest.mark.parametrize(
    ("login", "password"),
    [("lin", "wrong password"), ("nobody", PASSWORD), ("wu", PASSWORD)],
)
def test_it_does_not_say_what_was_wrong(engine, login, password):
    with_password(engine, "lin")

    with pytest.raises(NotAllowed, match=r"^Expected login and password to fit"):
        log_in(engine, password, login=login)


def test_a_refusal_is_counted(engine):
    fail(engine, 1)

    [attempt] = rows(engine, LoginAttempt)
    assert (attempt.login, attempt.address, attempt.succeeded) == ("lin", "10.0.0.1", False)


def test_after_five_failures_even_the_right_password_waits(engine, clock):
    with_password(engine, "lin")
    fail(engine, 5)

    with pytest.raises(NotAllowed, match="3 seconds"):
        log_in(engine)

    clock.move(seconds=3)
    assert log_in(engine)


def test_the_wait_grows_with_every_failure(engine, clock):
    with_password(engine, "lin")
    fail(engine, 5)
    for _ in range(4):
        clock.move(minutes=1)
        fail(engine, 1)

    with pytest.raises(NotAllowed, match="33 seconds"):
        log_in(engine)


def test_a_good_login_forgives(engine, clock):
    with_password(engine, "lin")
    fail(engine, 4)
    log_in(engine)

    fail(engine, 4)

    assert log_in(engine)


@pytest.fixture
def many_failures(engine, clock):
    """Thirty failures from one address, each with another login."""
    with engine.database.writing(clock.now(), SYSTEM) as tx:
        for number in range(30):
            login = f"somebody{number}"
            tx.add(
                LoginAttempt(at=tx.now, login=login, address="10.0.0.1", succeeded=False)
            )


def test_one_address_cannot_try_everybody(engine, many_failures):
    with pytest.raises(NotAllowed, match="seconds"):
        log_in(engine, login="nobody-yet")


def test_other_addresses_are_not_held_up_by_that(engine, many_failures):
    with_password(engine, "lin")

    assert log_in(engine, address="10.0.0.2")


def test_the_journal_keeps_neither_password_nor_token(engine):
    with_password(engine, "lin")

    token = log_in(engine)

    line = rows(engine, JournalLine)[-1]
    assert line.command == "LogIn"
    assert line.result is None
    assert PASSWORD not in line.body
    assert token.token not in line.body
