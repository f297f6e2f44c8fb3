"""What the service-desk policy promises beyond what holds for every policy."""

import pytest

from engine.model import Json
from tests.policies.shipped import Shipped

DESK = Shipped("service-desk")
SLIGHT: dict[str, Json] = {
    "ground": "promise",
    "harm": "slight",
    "timesRaised": 1,
    "fromKeyAccount": False,
    "easilyMended": None,
    "severity": None,
    "weekOver": None,
    "verified": None,
}


def severity(**facts: Json) -> Json:
    return DESK.decide("severity", **{**SLIGHT, **facts})


@pytest.mark.parametrize("verified", [None, "valid"])
def test_an_important_complaint_that_was_open_for_a_week_is_major(
    verified: str | None,
) -> None:
    important = severity()

    again = severity(severity=important, weekOver=True, verified=verified)

    assert important == {"level": "important", "basis": "SD-5.2"}
    assert again == {"level": "major", "basis": "SD-5.3.3"}


def test_a_complaint_that_was_not_substantiated_never_becomes_major_by_time() -> None:
    again = severity(severity=severity(), weekOver=True, verified="not-valid")

    assert again == {"level": "important", "basis": "SD-5.2"}


def test_what_became_major_by_time_stays_major() -> None:
    major = {"level": "major", "basis": "SD-5.3.3"}

    assert severity(severity=major, weekOver=True, verified="not-valid") == major


@pytest.mark.parametrize(
    "task",
    ["take-on", "solve-today", "solve-minor", "solve-important", "solve-major"],
)
def test_whoever_handles_a_complaint_is_reminded_in_time(task: str) -> None:
    assert DESK.element(task).properties.get("warn")
