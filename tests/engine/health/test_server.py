"""What a worker answers a watchdog."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from engine.health import HealthServer
from engine.model import EngineError
from engine.runtime import Engine
from engine.settings import Settings


class Life:
    """Whether a worker lives."""

    def __init__(self) -> None:
        self.lasts = True


@pytest.fixture
def life() -> Life:
    return Life()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "files", tmp_path)


@pytest.fixture
def server(settings: Settings, life: Life) -> Iterator[HealthServer]:
    engine = Engine(settings)
    engine.migrate()
    server = HealthServer(engine, lambda: life.lasts, "127.0.0.1", 0)
    server.start()
    yield server
    server.stop()
    engine.close()


def ask(server: HealthServer, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer.status, said


def test_it_lives_as_long_as_its_worker(server: HealthServer, life: Life) -> None:
    assert ask(server, "/healthz") == (200, '{"status": "pass"}')

    life.lasts = False

    assert ask(server, "/healthz") == (503, '{"status": "fail"}')


def test_it_says_whether_it_can_work(server: HealthServer) -> None:
    status, said = ask(server, "/readyz")

    assert status == 200
    assert json.loads(said)["checks"]["database"]["status"] == "pass"


def test_it_gives_its_counts(server: HealthServer) -> None:
    status, said = ask(server, "/metrics")

    assert status == 200
    assert "complaintflow_commands_total" in said
    assert 'complaintflow_database_connections{state="most"}' in said


def test_it_has_nothing_else(server: HealthServer) -> None:
    assert ask(server, "/")[0] == 404


@pytest.fixture
def elsewhere(settings: Settings) -> Settings:
    """Settings by which only machines elsewhere may watch."""
    return Settings(
        settings.database_url, settings.files, settings.policies, watchers="192.0.2.0/24"
    )


def test_machines_that_may_not_watch_get_no_counts(elsewhere: Settings) -> None:
    engine = Engine(elsewhere)
    server = HealthServer(engine, lambda: True, "127.0.0.1", 0)
    server.start()

    assert ask(server, "/metrics")[0] == 404
    server.stop()
    engine.close()


def test_networks_that_are_none_are_refused(settings: Settings) -> None:
    wrong = Settings(
        settings.database_url, settings.files, settings.policies, watchers="everybody"
    )
    engine = Engine(wrong)

    with pytest.raises(EngineError, match="everybody"):
        HealthServer(engine, lambda: True, "127.0.0.1", 0)
    engine.close()
