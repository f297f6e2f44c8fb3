import json
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.model import SYSTEM
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.models import Job
from tests.webapp.browser import Browser
from webapp import create_app

FAR = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}


def readyz(browser: Browser, **how) -> tuple[int, dict]:
    page = browser.get("/readyz", **how)
    return page.status, json.loads(page.source)


def owe(engine: Engine, kind: str, **ago: float) -> None:
    """Owe a job since a while."""
    now = engine.clock.now()
    engine.clock.move(**{unit: -much for unit, much in ago.items()})
    then = engine.clock.now()
    engine.clock.move(**ago)
    with engine.database.writing(now, SYSTEM) as tx:
        tx.owe(
            Job(
                kind=kind,
                key=kind,
                due_at=then,
                state="waiting",
                payload={},
                created_at=then,
            )
        )


def test_it_lives_without_a_database(tmp_path: Path) -> None:
    status, _ = broken(tmp_path, "/healthz")

    assert status == 200


def test_it_is_not_ready_without_a_database(tmp_path: Path) -> None:
    status, report = broken(tmp_path, "/readyz")

    assert status == 503
    assert report["checks"]["database"]["status"] == "fail"


def broken(folder: Path, path: str) -> tuple[int, dict]:
    """Ask an app whose database is none."""
    file = folder / "complaintflow.db"
    settings = Settings(f"sqlite:///{file}", folder / "files", folder, secret="x" * 32)
    engine = Engine(settings)
    engine.migrate()
    app = create_app(engine, settings)
    engine.close()
    file.write_bytes(b"no database" * 1000)
    answer = app.test_client().get(path)
    return answer.status_code, answer.get_json()


def test_it_is_ready_and_says_what_it_found(stranger) -> None:
    status, report = readyz(stranger)

    assert (status, report["status"]) == (200, "pass")
    assert set(report["checks"]) == {
        "database",
        "schema",
        "oldest_due_job",
        "mail",
        "free_space",
    }
    assert report["checks"]["schema"]["held"] == report["checks"]["schema"]["known"]
    assert report["checks"]["free_space"]["megabytes"] > 500


def test_strangers_on_other_machines_learn_it_too(stranger) -> None:
    assert readyz(stranger, **FAR)[0] == 200


def test_it_is_not_ready_while_jobs_wait_too_long(engine: Engine, stranger) -> None:
    owe(engine, "timer", seconds=301)

    status, report = readyz(stranger)

    assert status == 503
    assert report["checks"]["oldest_due_job"] == {
        "status": "fail",
        "seconds": 301,
        "most": 300,
    }


def test_mail_that_waits_is_a_warning_only(engine: Engine, stranger) -> None:
    owe(engine, "email", hours=2)

    status, report = readyz(stranger)

    assert (status, report["status"]) == (200, "warn")
    assert report["checks"]["mail"]["oldest_seconds"] == 7200


@pytest.fixture
def cramped(engine: Engine, app) -> None:
    """An installation that wants more space than there is."""
    kept = engine.settings
    wants_much = Settings(kept.database_url, kept.files, kept.policies, free_space=1e9)
    object.__setattr__(engine, "settings", wants_much)


def test_it_is_not_ready_without_space(cramped: None, stranger) -> None:
    status, report = readyz(stranger)

    assert status == 503
    assert report["checks"]["free_space"]["status"] == "fail"


def test_it_is_not_ready_on_tables_of_another_release(engine: Engine, stranger) -> None:
    with engine.database.connections.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("DELETE FROM setting WHERE name = 'schema.serves_from'"))

    status, report = readyz(stranger)

    assert status == 503
    assert report["checks"]["schema"]["held"] == "9999"
    assert "oldest_due_job" not in report["checks"]


def test_a_collector_on_this_machine_gets_the_counts(engine: Engine, stranger) -> None:
    stranger.get("/sign-in")
    owe(engine, "timer", seconds=30)
    owe(engine, "email", seconds=60)

    counts = stranger.get("/metrics").source

    assert 'complaintflow_requests_total{page="sign_in.form",status="200"}' in counts
    assert 'complaintflow_oldest_due_job_seconds{kind="timer"} 30.0' in counts
    assert 'complaintflow_jobs_due{kind="timer"} 1.0' in counts
    assert "complaintflow_mail_waiting 1.0" in counts
    assert "complaintflow_mail_oldest_seconds 60.0" in counts
    assert "complaintflow_incidents_open 0.0" in counts
    assert "complaintflow_database_up 1.0" in counts


def test_commands_are_counted_by_what_became_of_them(lin, investigate, stranger) -> None:
    lin.post(f"/tasks/{investigate}/claim")
    lin.post("/tasks/99999/claim")

    counts = stranger.get("/metrics").source

    assert 'complaintflow_commands_total{command="ClaimTask",outcome="done"}' in counts
    assert 'complaintflow_commands_total{command="ClaimTask",outcome="refused"}' in counts
    assert 'complaintflow_command_seconds_count{command="ClaimTask"}' in counts


def test_others_get_no_counts(stranger, root) -> None:
    assert stranger.get("/metrics", **FAR).status == 404
    assert root.get("/metrics", **FAR).status == 200
