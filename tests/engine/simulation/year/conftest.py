"""A small policy with people and a real case, on each kind of database."""

from pathlib import Path

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.cases.links import IssueLink
from engine.commands.ledger.closings import CloseMonth
from engine.commands.policies.deployments import DeployBundle
from engine.model import SYSTEM
from engine.policy import Bundle
from engine.policy.parts import Parts, read_parts
from engine.queries.progress.trace import ActorCalled
from engine.runtime import Engine
from engine.simulation import bring_in, cast_beside
from engine.simulation.cast import Cast
from engine.simulation.photos import with_files
from engine.simulation.year.scripts import repertoire

ROOT = Path(__file__).parents[4]
KEY = "return-repair"
FEW = b"\n[demo]\nmonthly = 1\nlate = 60\n"


@pytest.fixture(scope="session")
def few() -> Bundle:
    """The policy of returned goods, of which few demo cases are made."""
    files = dict(Bundle.from_folders(ROOT, KEY).files)
    head = files["policy.toml"].partition(b"\n[demo")[0]
    return Bundle(KEY, {**files, "policy.toml": head + FEW})


@pytest.fixture(scope="session")
def parts(few: Bundle) -> Parts:
    return read_parts(few)


@pytest.fixture(scope="session")
def cast() -> Cast:
    return cast_beside(ROOT)


@pytest.fixture
def office(engine: Engine, few: Bundle, parts: Parts, cast: Cast) -> Engine:
    """An installation at work: a real case with a link, and a month that is closed."""
    bring_in(engine, cast)
    engine.run(DeployBundle(few), by=SYSTEM)
    script = next(each for each in repertoire(parts).scripts if each.by != "public")
    clerk = engine.ask(ActorCalled(script.by), by=SYSTEM)
    form = next(form for form in parts.forms.values() if form.keys >= script.given.keys())
    values = with_files(engine, form, script.given, clerk)
    case_id = engine.run(StartCase(KEY, script.process, values), by=clerk)
    engine.run(IssueLink(case_id), by=SYSTEM)
    engine.run(CloseMonth(KEY, "2026-01"), by=SYSTEM)
    return engine
