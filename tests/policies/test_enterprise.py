"""What the handbook of enterprises promises beyond what holds for every policy."""

import pytest

from engine.model import Json
from tests.policies.shipped import Shipped

ENTERPRISE = Shipped("enterprise")
#: What whoever was asked first answers for, from the first step to the last.
OWN_STEPS = ("confirm-problem", "offer-solution", "follow-up")


@pytest.mark.parametrize("task_id", OWN_STEPS)
def test_who_was_asked_first_does_every_step_towards_the_customer(task_id: str) -> None:
    assignee = ENTERPRISE.element(task_id).assignment.assignee

    assert assignee is not None
    assert assignee.source == "=firstContact"


@pytest.mark.parametrize("task_id", OWN_STEPS)
def test_who_speaks_with_the_customer_has_set_phrases(task_id: str) -> None:
    assert ENTERPRISE.element(task_id).properties.get("guides")


@pytest.mark.parametrize(
    ("kept", "late", "expected"),
    [(19, 1, "met"), (18, 1, "missed"), (95, 5, "met"), (94, 6, "missed"), (0, 0, "met")],
)
def test_95_in_100_have_to_be_registered_in_time(
    kept: int, late: int, expected: str
) -> None:
    indicators: Json = {"registeredInTime": kept, "registeredLate": late, "answers": 0}

    assert ENTERPRISE.decide("appraisal", indicators=indicators) == expected


def test_greater_likelihood_or_impact_never_means_less_risk() -> None:
    levels = ("low", "medium", "high")

    table = [
        [
            levels.index(
                _text(ENTERPRISE.decide("risk", likelihood=likelihood, impact=impact))
            )
            for likelihood in ("unlikely", "possible", "likely")
        ]
        for impact in ("slight", "notable", "severe")
    ]

    assert all(row == sorted(row) for row in table)
    assert all(list(column) == sorted(column) for column in zip(*table, strict=True))


def _text(risk: Json) -> str:
    assert isinstance(risk, dict)
    return str(risk["level"])
