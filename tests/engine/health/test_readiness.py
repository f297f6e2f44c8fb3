"""What is looked at on a machine, on each kind of database."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.health import Readiness
from engine.model import SystemClock
from engine.runtime import Engine
from engine.settings import Settings


@pytest.fixture
def present(engine: Engine) -> Engine:
    """The engine by the wall clock, as a server has one too."""
    return Engine(engine.settings, SystemClock(), engine.database)


def test_it_is_ready_where_nothing_is_wrong(present: Engine) -> None:
    report = Readiness(present).report()

    assert report.is_ready
    assert report.as_json()["status"] == "pass"


def test_a_clock_that_differs_from_the_servers_is_told(engine: Engine) -> None:
    if engine.database.connections.dialect.name == "sqlite":
        pytest.skip("SQLite has no clock of its own.")

    clock = Readiness(engine).report().checks["clock"]

    assert clock.status == "fail"
    assert clock.facts["seconds_ahead"] < -3600


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_server_that_keeps_silent_gives_no_answer_in_time(
    silent: int, tmp_path: Path
) -> None:
    address = f"postgresql://postgres@127.0.0.1:{silent}/any?connect_timeout=2"
    engine = Engine(Settings(address, tmp_path / "files", tmp_path))

    report = Readiness(engine, patience=0.2).report()

    assert report.checks["database"].facts == {"reason": "no answer in time"}
    assert report.checks["free_space"].status == "pass"


_COUNTED = """
from pathlib import Path
from engine.health import Metrics
from engine.model import SYSTEM
from engine.runtime import Engine
from engine.settings import Settings
from engine.settings import Settings
from engine.watch import passage
with passage("Anything", "id", SYSTEM, quiet=True):
    pass
print(Metrics(Engine(Settings("sqlite://", Path("."), Path(".")))).page().decode())
"""


@pytest.mark.slow
def test_processes_that_serve_one_address_count_together(tmp_path: Path) -> None:
    shared = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}

    for _ in range(2):
        counted = subprocess.run(
            [sys.executable, "-c", _COUNTED],
            env=shared,
            check=True,
            capture_output=True,
            text=True,
        )

    line = 'complaintflow_commands_total{command="Anything",outcome="done"} 2.0'
    assert line in counted.stdout
