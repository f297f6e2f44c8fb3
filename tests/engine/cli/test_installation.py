"""Which tables a command works on, and settings that are none."""

from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import make_url

from engine.cli import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("COMPLAINTFLOW_HOME", str(tmp_path))
    return monkeypatch


def call(*arguments: str, language: str = "en") -> Result:
    return CliRunner().invoke(main, ["--lang", language, *arguments])


def test_the_embedded_database_is_made_by_whatever_comes_first(
    home: pytest.MonkeyPatch,
) -> None:
    assert call("jobs", "list").exit_code == 0


@pytest.mark.postgres
def test_one_that_others_may_work_on_is_changed_by_db_upgrade_alone(
    home: pytest.MonkeyPatch, empty_postgres_url: str
) -> None:
    home.setenv("COMPLAINTFLOW_DATABASE_URL", empty_postgres_url)

    before = call("jobs", "list")
    upgraded = call("db", "upgrade")
    after = call("jobs", "list")

    assert before.exit_code == 1
    assert "run complaintflow db upgrade" in before.output
    assert (upgraded.exit_code, after.exit_code) == (0, 0)


@pytest.mark.postgres
@pytest.mark.parametrize("command", ["worker", "serve"])
def test_nothing_that_stays_begins_on_tables_of_a_later_release(
    home: pytest.MonkeyPatch, empty_postgres_url: str, command: str
) -> None:
    home.setenv("COMPLAINTFLOW_DATABASE_URL", empty_postgres_url)
    home.setattr("webapp.serve.require_bundle", lambda: None)
    call("db", "upgrade")
    plain = make_url(empty_postgres_url).set(drivername="postgresql")
    with psycopg.connect(plain.render_as_string(hide_password=False)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("DELETE FROM setting")

    result = call(command, language="zh_CN")

    assert result.exit_code == 1
    assert "已被较新的程序升级到 9999" in result.output


@pytest.mark.parametrize("value", ["soon", "-1", "0", "nan", "1e12"])
def test_a_setting_that_is_no_number_is_refused_with_its_name(
    home: pytest.MonkeyPatch, value: str
) -> None:
    home.setenv("COMPLAINTFLOW_LEASE", value)

    result = call("jobs", "list")

    assert result.exit_code == 1
    assert f"COMPLAINTFLOW_LEASE to be a number above 0, but it is {value}" in result.output
