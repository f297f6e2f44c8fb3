"""What the return-repair policy promises beyond what holds for every policy."""

from collections.abc import Mapping

import pytest

from engine.model import Json
from tests.policies.shipped import Shipped

RETURNS = Shipped("return-repair")


def remedy(cause: str, days: int, wish: str) -> Mapping[str, Json]:
    value = RETURNS.decide("remedy", cause=cause, daysSincePurchase=days, wish=wish)
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize("wish", ["repair", "exchange", "return"])
def test_a_fault_within_fifteen_days_is_settled_as_the_customer_wishes(wish: str) -> None:
    assert remedy("quality", 15, wish)["remedy"] == wish
    assert remedy("quality", 16, wish)["remedy"] == "repair"


@pytest.mark.parametrize(("days", "charge"), [(16, "none"), (365, "none"), (366, "cost")])
def test_repair_is_free_for_a_year(days: int, charge: str) -> None:
    assert remedy("quality", days, "repair")["charge"] == charge


@pytest.mark.parametrize(
    "cause", ["used-or-damaged", "unstable-voltage", "parts-replaced", "long-storage"]
)
def test_what_the_rules_refuse_is_not_taken_back(cause: str) -> None:
    assert remedy(cause, 3, "return")["remedy"] == "refuse"


@pytest.mark.parametrize(
    "cause", ["wrong-order", "wrong-environment", "transport-or-installation"]
)
def test_what_the_customer_caused_is_taken_back_less_a_fee(cause: str) -> None:
    decided = remedy(cause, 3, "return")

    assert decided["remedy"] == "return"
    assert decided["feePercent"]
