"""One job at a time: done once, done when due, and told when it cannot be done."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from engine.commands.cases.lifecycle import StartCase
from engine.commands.jobs.lifecycle import TakeJob
from engine.commands.policies.deployments import DeployBundle
from engine.delivery import DeliveryError, Mail
from engine.model import SYSTEM, Actor
from engine.policy import Bundle
from engine.runtime import Engine
from engine.worker import JobRunner
from tests.conftest import StandingClock

COMPLAINT = {
    "customerName": "演示·客户",
    "customerPhone": "13900000000",
    "subject": "水泵漏水",
    "branch": "north",
}


class Postbox:
    """A transport that keeps what it carries, or refuses it."""

    def __init__(self) -> None:
        self.sent: list[Mail] = []
        self.refusal: DeliveryError | None = None

    def send(self, mail: Mail) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.sent.append(mail)


@pytest.fixture
def case_id(engine: Engine, minimal: Bundle, who: Callable[[str], Actor]) -> int:
    engine.run(DeployBundle(minimal), by=who("root"))
    return engine.run(StartCase("minimal", "complaint", COMPLAINT), by=who("lin"))


def rows(engine: Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.database.connections.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_it_runs_nothing_before_its_time(engine: Engine, case_id: int) -> None:
    assert JobRunner(engine).run_due() == 0


def test_it_fires_what_is_due_and_carries_the_letter_out(
    engine: Engine, case_id: int, clock: StandingClock
) -> None:
    runner = JobRunner(engine)
    clock.move(hours=5.5)

    while runner.run_due():
        pass

    assert rows(engine, "SELECT login, letter FROM notice WHERE kind = 'letter'") == [
        ("zhao", "late")
    ]
    assert rows(engine, "SELECT DISTINCT state FROM job") == [("done",)]


def test_it_runs_a_job_once(engine: Engine, case_id: int, clock: StandingClock) -> None:
    [job_id] = [
        int(str(row[0])) for row in rows(engine, "SELECT id FROM job WHERE kind = 'timer'")
    ]
    clock.move(hours=5.5)

    assert JobRunner(engine).run(job_id)
    assert not JobRunner(engine).run(job_id)


def test_it_leaves_a_job_that_another_worker_has(
    engine: Engine, case_id: int, clock: StandingClock
) -> None:
    [job_id] = [
        int(str(row[0])) for row in rows(engine, "SELECT id FROM job WHERE kind = 'timer'")
    ]
    clock.move(hours=5.5)
    engine.run(TakeJob(job_id), by=SYSTEM)

    assert not JobRunner(engine).run(job_id)


def test_it_takes_over_from_a_worker_that_died(
    engine: Engine, case_id: int, clock: StandingClock
) -> None:
    [job_id] = [
        int(str(row[0])) for row in rows(engine, "SELECT id FROM job WHERE kind = 'timer'")
    ]
    clock.move(hours=5.5)
    engine.run(TakeJob(job_id), by=SYSTEM)
    clock.move(minutes=3)

    assert JobRunner(engine).run(job_id)


@pytest.fixture
def letter_owed(
    engine: Engine, case_id: int, clock: StandingClock
) -> Iterator[tuple[Engine, Postbox]]:
    """A letter to somebody with an e-mail address, about to be sent."""
    with engine.database.connections.begin() as connection:
        connection.execute(
            text("UPDATE person SET email = 'zhao@example.com' WHERE login = 'zhao'")
        )
    clock.move(hours=5.5)
    return engine, Postbox()


def test_it_sends_what_is_owed_by_mail(letter_owed: tuple[Engine, Postbox]) -> None:
    engine, postbox = letter_owed
    runner = JobRunner(engine, postbox)

    while runner.run_due():
        pass

    [mail] = postbox.sent
    assert mail.to == "zhao@example.com"
    assert rows(engine, "SELECT state FROM delivery") == [("sent",)]


def test_without_a_transport_mail_waits(letter_owed: tuple[Engine, Postbox]) -> None:
    engine, _ = letter_owed
    runner = JobRunner(engine)

    while runner.run_due():
        pass

    assert rows(engine, "SELECT state, attempts FROM job WHERE kind = 'email'") == [
        ("waiting", 0)
    ]


def test_announced_mail_waits_too_without_a_transport(
    letter_owed: tuple[Engine, Postbox],
) -> None:
    engine, _ = letter_owed
    runner = JobRunner(engine)
    while runner.run_due():
        pass
    [(job_id,)] = rows(engine, "SELECT id FROM job WHERE kind = 'email'")

    assert not runner.run(int(str(job_id)))
    assert rows(engine, "SELECT state, attempts FROM job WHERE kind = 'email'") == [
        ("waiting", 0)
    ]


def test_a_passing_refusal_is_tried_again_later(
    letter_owed: tuple[Engine, Postbox], clock: StandingClock
) -> None:
    engine, postbox = letter_owed
    runner = JobRunner(engine, postbox)
    postbox.refusal = DeliveryError("Expected a server, but it is down.", permanent=False)
    while runner.run_due():
        pass

    postbox.refusal = None
    clock.move(hours=2)
    while runner.run_due():
        pass

    assert len(postbox.sent) == 1
    assert rows(engine, "SELECT state, error FROM delivery") == [("sent", None)]


def test_a_lasting_refusal_is_an_incident(letter_owed: tuple[Engine, Postbox]) -> None:
    engine, postbox = letter_owed
    postbox.refusal = DeliveryError("Expected an address, but it is none.", permanent=True)
    runner = JobRunner(engine, postbox)

    while runner.run_due():
        pass

    assert rows(engine, "SELECT state FROM delivery") == [("failed",)]
    assert rows(engine, "SELECT kind, state FROM incident") == [("job", "open")]
