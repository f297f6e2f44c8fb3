"""What the policy of a retail chain promises beyond what holds for every policy."""

from tests.policies.shipped import Shipped

RETAIL = Shipped("retail")
#: What the customer is told or asked, and what is done for the customer.
BEYOND_APPROVAL = {"tell-customer", "answer-solution", "negotiate", "explain-other-ways"}


def test_nobody_approves_what_one_proposed() -> None:
    assert RETAIL.element("approve-solution").properties["fourEyes"] == "draft-solution"


def test_a_customer_hears_of_a_solution_only_after_the_authority_was_asked() -> None:
    """The only way from a draft to the customer leads through the table of authority."""
    reached = RETAIL.reached("settlement", "draft-solution", without="decide-authority")

    assert not reached & BEYOND_APPROVAL


def test_one_person_speaks_for_the_firm() -> None:
    speaking = RETAIL.element("control-information")

    assert speaking.assignment.assignee is not None
    assert speaking.assignment.assignee.source == "=spokesperson"


def test_shops_work_on_every_day() -> None:
    calendar = RETAIL.policy.calendar

    assert calendar.day_length().total_seconds() == 12 * 3600
    assert calendar.weekdays == frozenset(range(1, 8))
    assert not calendar.keeps_holidays
