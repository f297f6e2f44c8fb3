"""One PostgreSQL database, and workers and mail servers around it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from engine.model import SYSTEM, SystemClock
from engine.queue import prepare_queue
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.models import Delivery, Job, Message
from tests.conftest import settle
from tests.databases import Ground, PostgresGround
from tests.machines.processes import WorkerProcess
from tests.machines.proxy import Proxy
from tests.mailserver import MailServer

#: Seconds; on real machines twenty.
LEASE = 1.0
#: What the server does to silent sessions here; on real machines after twenty seconds.
IMPATIENT = "-c idle_in_transaction_session_timeout=1s -c lock_timeout=1s"

StartWorker = Callable[..., WorkerProcess]


@pytest.fixture
def ground(grounds: dict[str, Ground], postgres_url: str) -> Ground:
    """PostgreSQL alone: several machines cannot share an SQLite file."""
    if "postgresql" not in grounds:
        grounds["postgresql"] = PostgresGround(postgres_url)
    ground = grounds["postgresql"]
    ground.reach("settled", lambda: settle(ground.database))
    return ground


@pytest.fixture
def house(ground: Ground, tmp_path: Path) -> Iterator[Engine]:
    """The installation on the wall clock, as this process sees it."""
    url = ground.database.url
    engine = Engine(
        Settings(url, files=tmp_path / "files", policies=tmp_path), SystemClock()
    )
    prepare_queue(engine.database.connections)
    yield engine
    engine.close()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()


@pytest.fixture
def proxy(house: Engine) -> Iterator[Proxy]:
    """A network between one worker and the database."""
    folder = make_url(house.settings.database_url).query["host"]
    proxy = Proxy(f"{folder}/.s.PGSQL.5432")
    yield proxy
    proxy.close()


@pytest.fixture
def start(house: Engine, mail_server: MailServer, proxy: Proxy) -> Iterator[StartWorker]:
    """Start a worker; all are stopped after the test, while there is a network yet."""
    started: list[WorkerProcess] = []

    def start(*, through_network: bool = False) -> WorkerProcess:
        url = house.settings.database_url
        if through_network:
            url = f"postgresql://postgres@127.0.0.1:{proxy.port}/{make_url(url).database}"
        address = make_url(url).update_query_dict({"options": IMPATIENT})
        settings = replace(
            house.settings,
            database_url=address.render_as_string(hide_password=False),
            lease=LEASE,
            mail_url=mail_server.address,
            mail_sender="office@example.com",
        )
        started.append(WorkerProcess(settings))
        return started[-1]

    yield start
    mail_server.released.set()
    proxy.speak_again()
    for worker in started:
        worker.stop()


def owe_mail(engine: Engine) -> int:
    """Owe an e-mail and return the number of its delivery."""
    now = engine.clock.now()
    with engine.database.writing(now, SYSTEM) as tx:
        delivery = tx.add(
            Delivery(
                transport="email",
                address="customer@example.com",
                title="处理结果",
                body="处理意见已批准。",
                state="waiting",
                at=now,
            )
        )
        job = Job(
            kind="email",
            key=f"email:{delivery.id}",
            due_at=now,
            state="waiting",
            attempts_allowed=5,
            payload={"delivery": delivery.id},
            created_at=now,
        )
        delivery.job_id = tx.owe(job).id
        return delivery.id


def owe_expiry(engine: Engine, key: str) -> tuple[int, int]:
    """Owe the end of a kept message; return the numbers of the message and the job."""
    now = engine.clock.now()
    with engine.database.writing(now, SYSTEM) as tx:
        message = tx.add(
            Message(
                message_id=key,
                name="goods-arrived",
                key=key,
                payload={},
                received_at=now,
                received_from="system",
                expires_at=now,
                state="kept",
            )
        )
        job = Job(
            kind="expire",
            key=key,
            due_at=now,
            state="waiting",
            payload={"message": message.id},
            created_at=now,
        )
        return message.id, tx.owe(job).id


def until(condition: Callable[[], bool], patience: float = 25) -> timedelta:
    """Wait until something holds and return how long that took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < patience, "It did not come about in time."
        time.sleep(0.02)
    return timedelta(seconds=time.monotonic() - began)
