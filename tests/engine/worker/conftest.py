"""What tests of workers start from: an engine on the wall clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.model import SystemClock
from engine.queue import prepare_queue
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.database import Database


@pytest.fixture
def live(database: Database, tmp_path: Path) -> Iterator[Engine]:
    """An engine on the wall clock, with its queue where the database has one.

    An SQLite database lies in a file here, since threads of a worker share it.
    """
    in_file = database.url == "sqlite://"
    url = f"sqlite:///{tmp_path / 'live.db'}" if in_file else database.url
    settings = Settings(url, files=tmp_path / "files", policies=tmp_path, lease=4)
    engine = Engine(settings, SystemClock())
    if in_file:
        engine.database.migrate()
    else:
        prepare_queue(engine.database.connections)
    yield engine
    engine.close()
