"""A mail server that is away for a day: nothing is lost, and nothing is sent twice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from engine.delivery import SmtpTransport
from engine.model import SYSTEM
from engine.queries.operations.vitals import MailOutbox
from engine.runtime import Engine
from engine.store.models import Delivery, Incident, Job
from engine.worker import JobRunner
from tests.conftest import StandingClock
from tests.engine.commands.knowing import rows
from tests.machines.conftest import owe_mail
from tests.mailserver import MailServer, Mood

LETTERS = 2


@pytest.fixture
def server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()


@pytest.fixture
def runner(engine: Engine, server: MailServer) -> JobRunner:
    return JobRunner(engine, SmtpTransport(server.address, patience=0.05))


def pass_time(
    clock: StandingClock, runner: JobRunner, hours: float, step: float = 60
) -> None:
    """Let the worker look every few minutes."""
    end = clock.now() + timedelta(hours=hours)
    while clock.now() < end:
        clock.move(minutes=step)
        while runner.run_due():
            pass


@pytest.mark.parametrize("mood", ["away", "greylist", "password"])
def test_after_a_day_every_letter_goes_out_once(
    engine: Engine, clock: StandingClock, runner: JobRunner, server: MailServer, mood: Mood
) -> None:
    if mood == "password":
        address = server.address.replace("//", "//office:secret@")
        runner = JobRunner(engine, SmtpTransport(address))
    server.mood = mood
    for _ in range(LETTERS):
        owe_mail(engine)
    pass_time(clock, runner, hours=26)
    assert not rows(engine, Incident)

    server.mood = "take"
    pass_time(clock, runner, hours=2)

    assert len(server.taken) == len(set(server.taken)) == LETTERS
    assert {row.state for row in rows(engine, Delivery)} == {"sent"}
    assert not rows(engine, Incident)


def test_a_server_that_never_answers_is_asked_seldom(
    engine: Engine, clock: StandingClock, runner: JobRunner, server: MailServer
) -> None:
    server.mood = "silent"
    for _ in range(LETTERS):
        owe_mail(engine)

    pass_time(clock, runner, hours=1, step=1)

    assert 10 <= server.calls <= 16
    assert {row.state for row in rows(engine, Delivery)} == {"waiting"}


def test_timers_do_not_wait_for_the_mail_server(
    engine: Engine, clock: StandingClock, runner: JobRunner, server: MailServer
) -> None:
    server.mood = "away"
    owe_mail(engine)
    runner.run_due()

    assert "email" not in runner.kinds
    assert "timer" in runner.kinds


def test_operations_sees_how_much_waits_and_since_when(
    engine: Engine, clock: StandingClock, runner: JobRunner, server: MailServer
) -> None:
    server.mood = "away"
    began = clock.now()
    for _ in range(LETTERS):
        owe_mail(engine)

    pass_time(clock, runner, hours=3)

    outbox = engine.ask(MailOutbox(), by=SYSTEM)
    assert (outbox.count, outbox.since, outbox.failed) == (LETTERS, began, 0)


def test_what_was_not_answered_for_is_sent_again_under_the_same_id_and_not_for_ever(
    engine: Engine, clock: StandingClock, runner: JobRunner, server: MailServer
) -> None:
    server.mood = "drop"
    owe_mail(engine)

    pass_time(clock, runner, hours=12, step=15)

    assert len(server.taken) == 5
    assert len(set(server.taken)) == 1
    assert len(rows(engine, Incident)) == 1


def test_a_mail_that_was_sent_is_sent_though_its_lease_ran_out(
    engine: Engine, clock: StandingClock, runner: JobRunner, server: MailServer
) -> None:
    owe_mail(engine)
    with engine.database.connections.begin() as connection:
        connection.execute(text("UPDATE job SET state = 'running', attempts = 1"))
        connection.execute(text("UPDATE job SET locked_until = due_at"))

    runner.run_due()

    [job] = rows(engine, Job, Job.kind == "email")
    assert (job.state, job.attempts, len(server.taken)) == ("done", 2, 1)


def test_letters_of_two_installations_have_different_ids(
    engine: Engine, clock: StandingClock, runner: JobRunner, server: MailServer
) -> None:
    first = owe_mail(engine)
    runner.run_due()
    with engine.database.connections.begin() as connection:
        connection.execute(text("DELETE FROM delivery"))
        connection.execute(text("DELETE FROM job WHERE kind = 'email'"))
    clock.move(seconds=1)

    second = owe_mail(engine)
    with engine.database.connections.begin() as connection:
        connection.execute(text(f"UPDATE delivery SET id = {first} WHERE id = {second}"))
        payload = f'{{"delivery": {first}}}'
        connection.execute(text("UPDATE job SET payload = :it"), {"it": payload})
    runner.run_due()

    assert len(set(server.taken)) == 2
