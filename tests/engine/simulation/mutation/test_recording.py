"""A run that somebody began is carried out by another process, and keeps what it finds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.commands.policies.deployments import DeployBundle
from engine.commands.policies.mutations import BeginMutations
from engine.model import SYSTEM, DeploymentId, NotFound
from engine.policy import Bundle
from engine.queries.policies.mutations import PolicyGuards
from engine.runtime import Engine
from engine.settings import Settings
from engine.simulation import cast_beside
from engine.simulation.mutation import mutations, record_run
from tests.engine.policy.bundles import BUNDLES, minimal


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    url = f"sqlite:///{tmp_path / 'complaintflow.db'}"
    engine = Engine(Settings(url, files=tmp_path / "files", policies=BUNDLES))
    engine.migrate()
    engine.run(DeployBundle(one_form_less()), by=SYSTEM)
    yield engine
    engine.close()


def one_form_less() -> Bundle:
    """Return the small policy with one scenario alone, so that a run takes little time."""
    files = {
        name: content
        for name, content in minimal().files.items()
        if not name.startswith("scenarios/") or name.endswith("refused.toml")
    }
    return Bundle("minimal", files)


def test_another_process_carries_a_run_out(engine: Engine, tmp_path: Path) -> None:
    run_id = engine.run(BeginMutations(DeploymentId(1)), by=SYSTEM)
    settings = engine.settings
    here = {
        "COMPLAINTFLOW_DATABASE_URL": settings.database_url,
        "COMPLAINTFLOW_FILES": str(settings.files),
        "COMPLAINTFLOW_POLICIES": str(settings.policies),
    }

    subprocess.run(
        [sys.executable, "-m", "engine.cli.mutation_run", str(run_id)],
        env={**os.environ, **here},
        check=True,
        timeout=120,
    )

    run = engine.ask(PolicyGuards("minimal"), by=SYSTEM).run
    assert run is not None
    assert run.ended_at is not None
    assert run.trouble is None
    assert run.done == run.total == len(mutations(one_form_less()))
    assert {"deadline", "notification"} <= {rule.kind for rule in run.unguarded}
    assert {rule.name for rule in run.unguarded} >= {"调查投诉"}


def test_what_stops_a_run_is_kept_with_it(engine: Engine) -> None:
    run_id = engine.run(BeginMutations(DeploymentId(1)), by=SYSTEM)
    nobody = type(cast_beside(BUNDLES))()

    record_run(engine, run_id, nobody, processors=1)

    run = engine.ask(PolicyGuards("minimal"), by=SYSTEM).run
    assert run is not None
    assert run.trouble is not None
    assert "Expected every scenario to pass" in str(run.trouble)
    assert run.ended_at is not None


def test_a_run_that_was_never_begun_is_not_found(engine: Engine) -> None:
    with pytest.raises(NotFound):
        record_run(engine, 99, cast_beside(BUNDLES), processors=1)
