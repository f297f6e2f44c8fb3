"""Cases of a start with a series of its own are counted apart, without gaps."""

from dataclasses import dataclass

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.model import InvalidState
from engine.policy import Bundle
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


def test_two_policies_do_not_give_the_same_numbers(apart, who, minimal):
    other = changed(minimal, "policy.toml", 'key = "minimal"', 'key = "other"')
    other = Bundle("other", other.files)

    with pytest.raises(InvalidState, match=r"JY-\{YYMM\}-\{0000\} of 简易投诉 may come"):
        apart.run(DeployBundle(other), by=who("root"))


def test_policies_with_letters_of_their_own_live_side_by_side(apart, who, minimal):
    other = changed(minimal, "policy.toml", 'key = "minimal"', 'key = "other"')
    other = changed(other, "policy.toml", "JY-{YYMM}", "QT-{YYMM}")

    assert apart.run(DeployBundle(Bundle("other", other.files)), by=who("root"))


def test_numbers_that_cases_have_from_before_are_left_to_them(deployed, who, minimal):
    deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    swapped = changed(minimal, "policy.toml", "JY-{YYMM}", "XX-{YYMM}")
    own = OWN.replace("TS{YY}-{00}", "JY-{YYMM}-{0000}").replace("year", "month")
    swapped = changed(swapped, "policy.toml", 'title = "登记投诉"', own)

    deployed.run(DeployBundle(swapped), by=who("root"))
    deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    assert numbers(deployed) == ["JY-2603-0001", "JY-2603-0002"]
