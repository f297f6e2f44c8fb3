"""A worker that dies or is cut off: another does its work, once."""

import threading
import time
from dataclasses import dataclass, replace

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from sqlalchemy import make_url, text

from engine.delivery import Mail, SmtpTransport
from engine.model import SYSTEM
from engine.queue.postgres import plain_address
from engine.runtime import Engine
from engine.store.models import Delivery, Job, JournalLine, Message
from engine.store.reading import Reading
from engine.store.transaction import Transaction
from engine.worker import JobRunner
from tests.engine.commands.knowing import rows
from tests.machines.conftest import StartWorker, owe_expiry, owe_mail, until
from tests.machines.proxy import Proxy
from tests.mailserver import MailServer

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("together")]


def state_of(engine: Engine, kind: type[Job | Delivery | Message], row: int) -> str:
    return str(rows(engine, kind, kind.id == row)[0].state)


def test_mail_of_a_killed_worker_is_sent_by_another(
    house: Engine, start: StartWorker, mail_server: MailServer
) -> None:
    mail_server.mood = "silent"
    first = start()
    delivery = owe_mail(house)
    assert mail_server.called.wait(20)
    mail_server.mood = "take"
    start()

    first.kill()

    took = until(lambda: state_of(house, Delivery, delivery) == "sent")
    assert len(mail_server.taken) == 1
    assert took.total_seconds() < 10
    assert rows(house, Job, Job.kind == "email")[0].attempts == 2


def test_a_slow_mail_server_does_not_look_like_a_dead_worker(
    house: Engine, start: StartWorker, mail_server: MailServer
) -> None:
    mail_server.mood = "silent"
    start()
    start()
    owe_mail(house)
    assert mail_server.called.wait(20)

    with pytest.raises(AssertionError):
        until(lambda: mail_server.calls > 1, patience=3)


def test_work_of_a_worker_that_was_cut_off_is_done_by_another_once(
    house: Engine, start: StartWorker, proxy: Proxy
) -> None:
    start(through_network=True)
    with psycopg.connect(plain_address(house.settings.database_url)) as held:
        message, job = owe_expiry(house, "first")
        held.execute("SELECT 1 FROM message WHERE id = %s FOR UPDATE", [message])
        until(lambda: waits_for_a_lock(house))
        proxy.fall_silent()
    # From here on its session has done the work and waits in vain to be told to commit.
    start()

    until(lambda: state_of(house, Job, job) == "done")
    proxy.speak_again()
    _, later = owe_expiry(house, "later")
    until(lambda: state_of(house, Job, later) == "done")

    done = rows(house, JournalLine, JournalLine.command == "ExpireMessage")
    assert len(done) == 2
    assert state_of(house, Message, message) == "expired"


def waits_for_a_lock(engine: Engine) -> bool:
    with engine.database.connections.connect() as connection:
        waiting = text(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            " AND datname = current_database()"
        )
        return bool(connection.scalar(waiting))


def test_nobody_waits_for_ever_on_a_row_of_a_vanished_client(
    house: Engine, proxy: Proxy
) -> None:
    message, _ = owe_expiry(house, "held")
    name = make_url(house.settings.database_url).database
    vanished = psycopg.connect(
        f"postgresql://postgres@127.0.0.1:{proxy.port}/{name}",
        options="-c idle_in_transaction_session_timeout=1s",
    )
    vanished.execute("SELECT 1 FROM message WHERE id = %s FOR UPDATE", [message])
    proxy.fall_silent()

    with house.database.connections.begin() as connection:
        changed = connection.execute(text("UPDATE message SET state = 'expired'"))

    assert changed.rowcount == 1
    proxy.speak_again()
    vanished.close()


def test_a_preparation_that_takes_longer_than_a_session_may_rest_is_not_lost(
    house: Engine,
) -> None:
    address = make_url(house.settings.database_url).update_query_dict(
        {"options": "-c idle_in_transaction_session_timeout=200ms"}
    )
    text_of = address.render_as_string(hide_password=False)
    engine = Engine(replace(house.settings, database_url=text_of))

    engine.run(Slow(), by=SYSTEM)

    engine.close()
    assert len(rows(house, JournalLine, JournalLine.command == "Slow")) == 1


@dataclass(frozen=True)
class Slow:
    """A command that thinks long before it does anything."""

    def prepare(self, reading: Reading) -> "Slow":
        time.sleep(0.6)
        return self

    def run(self, tx: Transaction) -> None:
        tx.note(thought=True)


class Outage:
    """A transport that hands mail on, and whose database is away just afterwards."""

    def __init__(self, address: str, database: str) -> None:
        self._mail = SmtpTransport(address)
        self._name = make_url(database).database
        self._other = make_conninfo(plain_address(database), dbname="postgres")

    def send(self, mail: Mail) -> None:
        self._mail.send(mail)
        self._let_in(connections=False)
        threading.Timer(1.5, self._let_in, kwargs={"connections": True}).start()

    def _let_in(self, *, connections: bool) -> None:
        with psycopg.connect(self._other, autocommit=True) as other:
            other.execute(f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS {connections}")
            ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            other.execute(f"{ended} WHERE datname = %s", [self._name])


def test_mail_that_was_sent_as_the_database_went_away_is_not_sent_again(
    house: Engine, mail_server: MailServer
) -> None:
    delivery = owe_mail(house)
    transport = Outage(mail_server.address, house.settings.database_url)

    JobRunner(house, transport).run_due()

    assert state_of(house, Delivery, delivery) == "sent"
    assert len(mail_server.taken) == 1
    assert rows(house, Job, Job.kind == "email")[0].attempts == 1
