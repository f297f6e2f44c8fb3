"""Cases of a start with a series of its own are counted apart, without gaps."""

from dataclasses import dataclass

import pytest

from engine.commands.cases import StartCase
from engine.commands.deployments import DeployBundle
from engine.model import InvalidState
from engine.store.models import Case, NumberSeries
from tests.engine.commands.conftest import ENTERED, changed
from tests.engine.commands.knowing import rows
from tests.engine.commands.test_at_once import THREADS, at_once

OWN = 'title = "登记投诉"\nnumber = { format = "TS{YY}-{00}", period = "year" }'


@pytest.fixture
def apart(engine, who, minimal):
    """Deploy the small policy with a series for the cases that staff start."""
    bundle = changed(minimal, "policy.toml", 'title = "登记投诉"', OWN)
    engine.run(DeployBundle(bundle), by=who("root"))
    return engine


def numbers(engine) -> list[str]:
    return sorted(case.number for case in rows(engine, Case))


def test_they_are_numbered_by_their_own_format_and_period(apart, who, clock):
    start = StartCase("minimal", "complaint", ENTERED)
    apart.run(start, by=who("lin"))
    clock.move(days=60)
    apart.run(start, by=who("lin"))

    assert numbers(apart) == ["TS26-01", "TS26-02"]
    [series] = rows(apart, NumberSeries)
    assert (series.policy_key, series.period, series.last) == (
        "minimal/complaint",
        "2026",
        2,
    )


@dataclass(frozen=True, slots=True)
class StartAndRefuse:
    """Register a case, and find only then that it cannot be."""

    start: StartCase

    def run(self, tx):
        self.start.run(tx)
        raise InvalidState("Expected the case to be registered, but it is refused.")


def test_what_fails_at_the_same_moment_leaves_no_gap(apart, who):
    lin, start = who("lin"), StartCase("minimal", "complaint", ENTERED)
    bad = StartCase("minimal", "complaint", ENTERED | {"branch": "nowhere"})
    late = StartAndRefuse(start)
    commands = [start, bad, late] * THREADS

    outcome = at_once(
        *(lambda command=command: apart.run(command, by=lin) for command in commands)
    )

    assert outcome == dict.fromkeys(("done", "InvalidValues", "InvalidState"), THREADS)
    assert numbers(apart) == [f"TS26-{count:02}" for count in range(1, THREADS + 1)]
