"""Processes are killed at random instants; nothing is lost, half done or done twice."""

from pathlib import Path

import pytest

from engine.settings import Settings
from tests.crash.trial import Verdict, run

FEW, MANY = 5, 500

pytestmark = pytest.mark.xdist_group("crash")


def trial(address: str, folder: Path, kills: int) -> Verdict:
    settings = Settings(address, files=folder / "files", policies=folder)
    return run(settings, folder, kills=kills, seed=1)


def assert_unharmed(verdict: Verdict, kills: int) -> None:
    assert verdict.faults == ()
    assert verdict.kills >= kills
    assert verdict.accepted > 0


def test_a_few_kills_do_no_harm_to_sqlite(tmp_path):
    verdict = trial(f"sqlite:///{tmp_path / 'crash.db'}", tmp_path, FEW)

    assert_unharmed(verdict, FEW)


@pytest.mark.postgres
def test_a_few_kills_do_no_harm_to_postgresql(empty_postgres_url, tmp_path):
    verdict = trial(empty_postgres_url, tmp_path, FEW)

    assert_unharmed(verdict, FEW)


@pytest.mark.slow
def test_many_kills_do_no_harm_to_sqlite(tmp_path):
    verdict = trial(f"sqlite:///{tmp_path / 'crash.db'}", tmp_path, MANY)

    assert_unharmed(verdict, MANY)


@pytest.mark.slow
@pytest.mark.postgres
def test_many_kills_do_no_harm_to_postgresql(empty_postgres_url, tmp_path):
    verdict = trial(empty_postgres_url, tmp_path, MANY)

    assert_unharmed(verdict, MANY)
