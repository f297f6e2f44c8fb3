"""The embedded database is copied while it runs, and comes back as it was."""

import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.commands.outside.customers import StartPublicly
from engine.commands.people.units import AddUnit
from engine.commands.policies.deployments import DeployBundle
from engine.model import PUBLIC, SYSTEM, InvalidState
from engine.policy import Bundle
from engine.queries.customers.links import LinkToken
from engine.queries.customers.tracking import TrackedCase
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.backup import back_up, restore
from engine.store.files import FileStore
from engine.store.keys import KEY_FILE
from tests.open_desk import OPEN_BUNDLES

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
COMPLAINT = {"customerName": "演示·客户", "subject": "水泵漏水"}


@contextmanager
def opened(settings: Settings) -> Iterator[Engine]:
    engine = Engine(settings)
    engine.migrate()
    try:
        yield engine
    finally:
        engine.close()


def settings_under(folder: Path) -> Settings:
    return Settings(f"sqlite:///{folder / 'complaintflow.db'}", folder / "files", folder)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = settings_under(tmp_path / "here")
    engine = Engine(settings)
    engine.database.migrate()
    engine.run(AddUnit("north", "北区营业所", "branch"), by=SYSTEM)
    FileStore(settings.files).add(b"photo")
    return settings


def test_it_brings_back_what_was_there(settings: Settings, tmp_path: Path) -> None:
    archive = tmp_path / "copy.zip"
    elsewhere = settings_under(tmp_path / "there")

    made = back_up(settings, archive, NOW)
    restored = restore(elsewhere, archive)

    assert restored == made
    database = sqlite3.connect(tmp_path / "there" / "complaintflow.db")
    assert database.execute("SELECT key FROM unit").fetchall() == [("north",)]
    database.close()
    [content] = [path for path in elsewhere.files.rglob("*") if path.is_file()]
    assert content.read_bytes() == b"photo"


def test_links_of_customers_open_where_it_is_restored(tmp_path: Path) -> None:
    here, there = settings_under(tmp_path / "here"), settings_under(tmp_path / "there")
    with opened(here) as engine:
        engine.run(DeployBundle(Bundle.from_folders(OPEN_BUNDLES, "open-desk")), by=SYSTEM)
        start = StartPublicly("open-desk", "complaint", COMPLAINT, "10.0.0.7")
        filed = engine.run(start, by=PUBLIC).case_id
        token = engine.ask(LinkToken(filed), by=SYSTEM)
    back_up(here, tmp_path / "copy.zip", NOW)

    restore(there, tmp_path / "copy.zip")

    with opened(there) as engine:
        assert engine.ask(TrackedCase(token), by=PUBLIC).state == "open"
        assert engine.ask(LinkToken(filed), by=SYSTEM) == token
    assert (tmp_path / "there" / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_it_does_not_restore_beside_another_key(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "copy.zip", NOW)
    elsewhere = settings_under(tmp_path / "there")
    elsewhere.files.mkdir(parents=True)
    (tmp_path / "there" / KEY_FILE).write_text("another")

    with pytest.raises(InvalidState, match="move it away"):
        restore(elsewhere, tmp_path / "copy.zip")


def test_it_copies_while_somebody_writes(settings: Settings, tmp_path: Path) -> None:
    writer = sqlite3.connect(tmp_path / "here" / "complaintflow.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE unit SET name = '改名中'")

    back_up(settings, tmp_path / "copy.zip", NOW)
    writer.execute("ROLLBACK")
    writer.close()

    restore(settings_under(tmp_path / "there"), tmp_path / "copy.zip")
    database = sqlite3.connect(tmp_path / "there" / "complaintflow.db")
    assert database.execute("SELECT name FROM unit").fetchall() == [("北区营业所",)]
    database.close()


def test_it_does_not_overwrite_an_archive(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "copy.zip", NOW)

    with pytest.raises(InvalidState, match="is there already"):
        back_up(settings, tmp_path / "copy.zip", NOW)


def test_it_does_not_restore_over_a_database(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "copy.zip", NOW)

    with pytest.raises(InvalidState, match="move it away"):
        restore(settings, tmp_path / "copy.zip")


def test_it_refuses_a_damaged_archive(settings: Settings, tmp_path: Path) -> None:
    archive = tmp_path / "copy.zip"
    back_up(settings, archive, NOW)
    with zipfile.ZipFile(archive) as bag:
        contents = {name: bag.read(name) for name in bag.namelist()}
    photo = next(name for name in contents if name.startswith("files/"))
    contents[photo] = b"another photo"
    with zipfile.ZipFile(archive, "w") as bag:
        for name, content in contents.items():
            bag.writestr(name, content)

    with pytest.raises(InvalidState, match="is damaged"):
        restore(settings_under(tmp_path / "there"), archive)

    assert not (tmp_path / "there" / "complaintflow.db").exists()


def test_it_refuses_what_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "copy.zip").write_text("no zip")

    with pytest.raises(InvalidState, match="is damaged"):
        restore(settings_under(tmp_path / "there"), tmp_path / "copy.zip")


def test_it_refuses_another_kind_of_database(tmp_path: Path) -> None:
    elsewhere = Settings("postgresql://localhost/x", tmp_path / "files", tmp_path)

    with pytest.raises(InvalidState, match="pg_dump"):
        back_up(elsewhere, tmp_path / "copy.zip", NOW)
