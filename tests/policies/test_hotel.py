"""What the hotel's policy promises beyond what holds for every policy."""

import pytest

from tests.policies.shipped import Shipped

HOTEL = Shipped("hotel")
ON_THE_SPOT = "5 minutes"
#: Where somebody has to be there, or to do something, at once.
AT_ONCE = (
    "go-to-scene",
    "take-over-guest",
    "register-complaint",
    "report-major",
    "guard-scene",
    "organise-rescue",
    "call-ambulance",
    "give-order",
    "apologise-at-scene",
    "inspect-facility",
    "start-equipment",
    "report-result",
)


@pytest.mark.parametrize("task_id", AT_ONCE)
def test_minutes_matter_on_the_spot(task_id: str) -> None:
    assert HOTEL.element(task_id).properties["deadline"] == ON_THE_SPOT


def test_nobody_approves_what_one_proposed() -> None:
    approval = HOTEL.element("approve-solution")

    assert approval.properties["fourEyes"] == "draft-solution"
    assert approval.properties["signed"] == "yes"


def test_a_guest_is_answered_only_after_the_authority_was_asked() -> None:
    """The only way from a draft to the guest leads through the approval."""
    reached = HOTEL.reached("redress", "draft-solution", without="seek-approval")

    assert not reached & {"offer-to-guest", "write-reply", "carry-out-solution"}


def test_hotels_work_on_every_day_and_at_every_hour() -> None:
    calendar = HOTEL.policy.calendar

    assert calendar.day_length().total_seconds() == 24 * 3600
    assert calendar.weekdays == frozenset(range(1, 8))
    assert not calendar.keeps_holidays
