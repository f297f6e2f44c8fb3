"""A case stops where a table has no rule; operations corrects what is wrong and retries."""

from pathlib import Path

from playwright.sync_api import expect

from tests.end_to_end.conftest import Sit
from tests.end_to_end.desk import Desk, words
from tests.end_to_end.test_deploying import HARMLESS, REGISTRATION, upload
from tests.end_to_end.variants import small_policy

#: The rule for misuse out of warranty never applies.
GAP = ("<text>false</text>", "<text>null</text>")
TITLE = "有缺口的投诉"


def test_a_stopped_case_goes_on_after_a_correction_and_a_retry(
    sit: Sit, tmp_path: Path
) -> None:
    upload(sit("demo-owner"), small_policy("gap", TITLE, "QK", remedy=GAP).pack(), tmp_path)
    clerk, operator = sit("demo-hq-clerk"), sit("demo-operator")
    number = clerk.register(TITLE, REGISTRATION)
    clerk.complete(number, "调查投诉", HARMLESS)

    clerk.open_case(number)
    expect(clerk.page.locator(".said.wrong")).to_contain_text(
        words("The case has stopped:")
    )
    _open_incident(operator, number)
    expect(operator.page.locator(".said.wrong").first).to_be_visible()
    operator.press(words("Try again from here"))
    expect(operator.page.locator("main")).to_contain_text("确定处理方式")
    _correct(operator, "withinWarranty", "true")
    operator.press(words("Try again from here"))

    assert operator.said() == words("The case goes on.")
    clerk.open_case(number)
    expect(clerk.page.locator(".said.wrong")).to_have_count(0)
    sit("demo-hq-regional-manager").find(number, "审批换货")


def _open_incident(operator: Desk, number: str) -> None:
    operator.page.goto(f"/operations/?q={number}")
    operator.page.locator("td.first a").click()
    expect(operator.page.locator("h1")).to_contain_text("确定处理方式")


def _correct(operator: Desk, name: str, value: str) -> None:
    operator.page.locator("#field-name").fill(name)
    operator.page.locator("#field-value").fill(value)
    operator.page.locator("#field-reason").fill("客户补交了保修卡。")
    operator.press(words("Set the variable"))
    assert name in operator.said()
