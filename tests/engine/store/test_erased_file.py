"""What was erased is not in the file of the embedded database any more."""

from pathlib import Path

from engine.commands.cases.erasing import EraseExpired, ErasePersonalData
from engine.commands.cases.lifecycle import CancelCase, StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.model import SYSTEM
from engine.policy import Bundle
from engine.runtime import Engine
from engine.settings import Settings
from tests import people
from tests.conftest import BUNDLES, StandingClock
from tests.engine.commands.conftest import ENTERED

MARK = "密密qzx"


def opened(file: Path, clock: StandingClock) -> Engine:
    files = file.parent / "files"
    settings = Settings(f"sqlite:///{file}", files=files, policies=BUNDLES)
    return Engine(settings, clock)


def test_nothing_of_it_is_in_the_file(
    tmp_path: Path, clock: StandingClock, minimal: Bundle
) -> None:
    file = tmp_path / "complaints.db"
    engine = opened(file, clock)
    engine.migrate()
    people.settle(engine)
    lin, root = people.actor(engine, "lin"), people.actor(engine, "root")
    engine.run(DeployBundle(minimal), by=root)
    told = {**ENTERED, "customerName": MARK, "subject": MARK * 20}
    case_id = engine.run(StartCase("minimal", "complaint", told), by=lin)
    engine.run(CancelCase(case_id, MARK), by=root)
    engine.close()
    assert MARK.encode() in file.read_bytes()

    engine = opened(file, clock)
    engine.run(ErasePersonalData(case_id, "客户要求"), by=root)
    engine.run(EraseExpired(), by=SYSTEM)
    engine.close()

    for left in tmp_path.iterdir():
        assert b"qzx" not in left.read_bytes()


def test_it_does_not_hang_on_how_the_database_was_built(
    tmp_path: Path, clock: StandingClock
) -> None:
    engine = opened(tmp_path / "complaints.db", clock)

    with engine.database.connections.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
    engine.close()
