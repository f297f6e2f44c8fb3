"""One case of each policy goes its way to the end, by the people whom it needs."""

import re
import time

from playwright.sync_api import expect

from tests.end_to_end.conftest import Sit
from tests.end_to_end.desk import words
from tests.end_to_end.story import Story
from tests.end_to_end.way import (
    Way,
    expect_clause,
    expect_deadline,
    expect_guide,
    wait_for_a_person,
)

#: The story lets the manager send it back first.
APPROVED = {
    "closureDecision": "approve",
    "closureRemark": "同意。",
    "closureReason": None,
}


def test_invoicing_from_the_hotline_to_the_signed_closure(sit: Sit) -> None:
    way = Way(sit, Story("invoicing-service", "general-accepted"))
    way.register("demo-hotline-duty")
    assert re.fullmatch(r"\d{6}", way.number)

    officer = way.take("demo-case-officer", "fill-form")
    expect_deadline(officer)
    expect_guide(officer, "安抚与帮助")
    expect_clause(officer, "INV-4.4.2.1a")
    way.do("demo-case-officer", "fill-form")
    way.expect_letter("demo-service-east", "【投诉通知】")
    way.do("demo-service-east", "investigate")
    way.do("demo-service-east-head", "sign-report")
    way.do("demo-case-officer", "check-with-customer")
    way.do("demo-marketing-manager", "conclude")
    way.do("demo-case-officer", "reply-to-customer", "issue-opinion-report")
    way.do("demo-marketing-manager", "approve-closure", **APPROVED)

    closed = way.expect_closed("demo-marketing-manager")
    expect(closed.page.locator("#history .signed")).to_have_count(2)
    expect(way.ledger("demo-marketing-manager")).to_contain_text(words("closed"))


def test_hotel_from_the_room_to_the_prevention_of_another(sit: Sit) -> None:
    way = Way(sit, Story("hotel", "minor-hardware-replaced"))
    way.register("demo-hotel-attendant")

    manager = way.take("demo-hotel-store-manager", "register-complaint")
    expect_deadline(manager)
    expect_guide(manager, "安抚情绪")
    way.do("demo-hotel-store-manager", "register-complaint")
    way.do(
        "demo-hotel-rooms-head",
        "go-to-scene",
        "investigate",
        "inspect-facility",
        "replace-facility",
        "draft-solution",
    )
    way.do("demo-hotel-store-manager", "approve-solution")
    way.do("demo-hotel-rooms-head", "offer-to-guest", "carry-out-solution")
    way.do("demo-hotel-duty-manager", "check-remedy")
    way.do("demo-hotel-store-manager", "follow-up-minor")
    way.do("demo-hotel-rooms-head", "write-report")
    way.do("demo-hotel-customer-service", "tell-at-meeting")
    way.do("demo-hotel-rooms-head", "prevent-recurrence")

    way.expect_closed("demo-hotel-store-manager")
    expect(way.ledger("demo-hotel-customer-service")).to_contain_text("300")


def test_retail_from_the_service_desk_to_the_file(sit: Sit) -> None:
    way = Way(sit, Story("retail", "minor-verified-by-acceptor"))
    way.register("demo-retail-reception")

    desk = way.take("demo-retail-reception", "assess-complaint")
    expect_deadline(desk)
    expect_guide(desk, "怎样评估")
    way.do("demo-retail-reception", "assess-complaint", "verify-directly")
    way.expect_letter("demo-retail-operations-head", "【投诉】")
    way.do("demo-retail-handler", "draft-solution", "tell-customer", "answer-solution")
    way.do("demo-retail-operations-head", "execute-solution")
    way.do("demo-retail-handler", "tell-result", "summarise-case", "file-case")

    way.expect_closed("demo-retail-handler")
    line = way.ledger("demo-retail-headquarters")
    expect(line).to_contain_text("轻微")
    expect(line).to_contain_text("门店营运部")


def test_service_desk_from_the_call_to_the_call_back(sit: Sit) -> None:
    way = Way(sit, Story("service-desk", "minor-solved-same-day"))
    way.register("demo-desk-administration")

    department = way.take("demo-desk-property-manager", "take-on")
    expect_deadline(department)
    way.do("demo-desk-property-manager", "take-on", "solve-today", "return-record")
    caller = way.take("demo-desk-administration-2", "call-back")
    expect_guide(caller, "回访时")
    way.do("demo-desk-administration-2", "call-back")

    way.expect_closed("demo-desk-administration")
    expect(way.ledger("demo-desk-deputy")).to_contain_text("会议室空调不够凉")


def test_enterprise_whoever_registers_it_answers_for_it_to_the_end(sit: Sit) -> None:
    way = Way(sit, Story("enterprise", "ordinary-service"))
    way.register("demo-ent-first")

    first = way.take("demo-ent-first", "confirm-problem")
    expect_deadline(first)
    expect_guide(first, "第一步：确认问题")
    way.do("demo-ent-first", "confirm-problem")
    way.do("demo-ent-service", "correct-service")
    way.do("demo-ent-first", "offer-solution", "answer-solution")
    way.do("demo-ent-service", "carry-out-solution")
    way.do("demo-ent-first", "follow-up")

    closed = way.expect_closed("demo-ent-service-manager")
    expect(closed.page.locator("#related")).to_contain_text("QY-GJ-")
    way.expect_letter("demo-ent-service", way.number)
    expect(way.ledger("demo-ent-service-manager")).to_contain_text("演示·一线客服甲")


def test_return_repair_from_the_customers_request_to_the_survey(sit: Sit) -> None:
    way = Way(sit, Story("return-repair", "fifteen-days-return"))
    customer = way.file()
    link = customer.page.url.partition("?")[0]

    keeper = way.take("demo-after-sales", "check-request")
    expect_deadline(keeper)
    expect_guide(keeper, "退货维修规定一览")
    way.do("demo-after-sales", "check-request")
    sit("demo-after-sales").record(way.number, "货已到达")
    way.do("demo-warehouse", "receive-goods")
    way.do("demo-after-sales", "inspect-goods")
    way.do("demo-warehouse", "book-in")
    way.do("demo-finance", "pay-refund")
    way.do("demo-after-sales", "reply-to-customer")

    way.expect_closed("demo-after-sales")
    expect(way.ledger("demo-finance")).to_contain_text("1,000")
    customer.page.goto(link)
    opened = time.monotonic()
    expect(customer.page.locator(".open-way li").first).to_be_visible()
    customer.fill(way.story.survey(score="5"))
    wait_for_a_person(customer, opened)
    customer.press(words("Send my opinion"))
    expect(customer.page.locator(".said.done")).to_be_visible()


def test_customer_proposal_from_the_customer_to_the_sharing(sit: Sit) -> None:
    way = Way(sit, Story("customer-proposal", "adopted"))
    customer = way.file()
    link = customer.page.url.partition("?")[0]

    keeper = way.take("demo-proposal-marketing", "register-proposal")
    expect_deadline(keeper)
    expect_guide(keeper, "提案怎样归类")
    way.do("demo-proposal-marketing", "register-proposal")
    way.expect_letter("demo-proposal-production", way.number)
    way.do("demo-proposal-production", "study-proposal")
    way.do("demo-proposal-marketing", "conclude-proposal")

    closed = way.expect_closed("demo-proposal-marketing")
    expect(closed.page.locator("#related")).to_contain_text("TA-FC-")
    expect(way.ledger("demo-proposal-marketing-head")).to_contain_text("120,000")
    customer.page.goto(link)
    expect(customer.page.locator(".open-letter")).not_to_have_count(0)
