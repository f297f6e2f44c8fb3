"""What the customer-proposal policy promises beyond what holds for every policy."""

import pytest

from tests.policies.shipped import Shipped

PROPOSALS = Shipped("customer-proposal")
TEN = (
    "前言",
    "背景",
    "目的",
    "构想",
    "策略",
    "要件",
    "粗略的日程",
    "预算",
    "风险课题",
    "结尾",
)


@pytest.mark.parametrize(("months", "customer"), [(6, 60), (12, 60), (13, 0), (18, 0)])
def test_the_customer_shares_the_gain_for_twelve_months(months: int, customer: int) -> None:
    share = PROPOSALS.decide("gain-share", monthsInUse=months)

    assert share == {"firmPercent": 100 - customer, "customerPercent": customer}


@pytest.mark.parametrize(
    ("developer", "agreement"),
    [("none", False), ("firm", False), ("jointly", True), ("customer", True)],
)
def test_what_others_developed_too_needs_an_agreement(
    developer: str, agreement: bool
) -> None:
    owned = PROPOSALS.decide("ownership", developedBy=developer)

    assert isinstance(owned, dict)
    assert owned["agreement"] is agreement


def test_a_proposal_is_printed_in_its_ten_sections() -> None:
    titles = [
        section.title or "" for section in PROPOSALS.policy.prints["proposal"].sections
    ]

    assert [title.partition("、")[2] for title in titles if "、" in title] == list(TEN)
