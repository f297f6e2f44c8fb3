"""What people do with a step beside doing it, and what the others then see."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.end_to_end.conftest import Sit
from tests.end_to_end.desk import Desk, words
from tests.end_to_end.story import Story
from tests.end_to_end.way import Way, look_until

TAKE_ON, SOLVE = "take-on", "solve-today"
HEAD, OTHER = "demo-desk-property-manager", "demo-desk-all-round"
REASON = "客户改了时间，请重排。"


@pytest.fixture
def way(sit: Sit) -> Way:
    """A complaint that two people of a department may take on."""
    way = Way(sit, Story("service-desk", "minor-solved-same-day"))
    way.register("demo-desk-administration")
    return way


def test_a_step_is_handed_on_done_taken_back_and_returned(way: Way) -> None:
    take_on, solve = way.story.name(TAKE_ON), way.story.name(SOLVE)
    head = way.take(HEAD, TAKE_ON)
    _unfold(head, "Hand on").locator("select").select_option(OTHER)
    head.press(words("Hand it on"))
    assert OTHER in head.said()

    other = way.take(OTHER, TAKE_ON)
    other.hand_in(take_on, way.story.answers(TAKE_ON))
    _offer_to_take_back(way, other)
    other.press(words("Take back “{task}”", task=take_on))
    plan = other.field("打算怎么办").locator("textarea")
    expect(plan).to_have_value("下午派人清洗滤网。")

    other.press(words("Complete “{task}”", task=take_on))
    _offer_to_take_back(way, other)
    head = way.take(HEAD, SOLVE)
    other.press(words("Take back “{task}”", task=take_on))
    refusal = "演示·物业服务部经理已认领后续的“当天解决”，不能撤回。"
    expect(other.page.locator("main")).to_contain_text(refusal)

    form = _unfold(head, "Return…")
    form.locator("select").select_option(TAKE_ON)
    form.locator("textarea").fill(REASON)
    head.press(words("Return it"))
    other = way.take(OTHER, TAKE_ON)
    expect(other.page.locator("main")).to_contain_text(REASON)
    head.open_case(way.number)
    expect(head.page.get_by_role("link", name=solve, exact=True)).to_have_count(0)


def test_people_are_asked_told_and_urged(way: Way) -> None:
    head = way.take(HEAD, TAKE_ON)
    form = _unfold(head, "Ask an opinion")
    form.locator("input[name=login]").fill("demo-desk-deputy")
    form.locator("textarea").fill("能否请厂家上门？")
    head.press(words("Ask"))
    deputy = way.sit("demo-desk-deputy")
    deputy.page.goto("/")
    deputy.page.locator(".wanted p", has_text=way.number).get_by_role("link").click()
    deputy.page.locator(".opinion textarea").fill("可以，费用由部门出。")
    deputy.press(words("Send the opinion"))
    head.page.reload()
    answer = head.page.locator(".opinion .answer")
    expect(answer).to_have_text("可以，费用由部门出。")

    form = _unfold(head, "Copy to")
    form.locator("input[name=login]").fill("demo-desk-engineering-manager")
    form.locator("textarea").fill("供工程部参考。")
    head.press(words("Send a copy"))
    way.case("demo-desk-engineering-manager")

    clerk = way.case("demo-desk-administration")
    clerk.press(words("Urge"))
    clerk.said()
    notices = head.page.locator("article.notice").filter(has_text=way.number)
    look_until(head.page, "/notices/", notices.filter(has_text="催办").first)


def _unfold(desk: Desk, verb: str) -> Locator:
    """Unfold what a verb asks for."""
    named = re.compile(rf"^\s*{re.escape(words(verb))}\s*$")
    summary = desk.page.locator(".byhand summary", has_text=named)
    summary.click()
    return summary.locator("xpath=..")


def _offer_to_take_back(way: Way, desk: Desk) -> None:
    desk.open_case(way.number)
    desk.page.get_by_role("link", name=words("Take it back"), exact=True).click()
    _unfold(desk, "Take it back")
