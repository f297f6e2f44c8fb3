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
    number = stop_a_case(sit, tmp_path, "gap", "QK")
    clerk, operator = sit("demo-hq-clerk"), sit("demo-operator")

    clerk.open_case(number)
    said = clerk.page.locator(".said.wrong")
    expect(said).to_contain_text(words("The case has stopped:"))
    open_incident(operator, number)
    operator.press(words("Try again from here"))
    expect(operator.page.locator(".said.wrong").first).to_be_visible()
    open_incident(operator, number)
    _correct(operator, "withinWarranty", "true")
    operator.press(words("Try again from here"))

    assert operator.said() == words("The case goes on.")
    clerk.open_case(number)
    expect(said).to_have_count(0)
    sit("demo-hq-regional-manager").find(number, "审批换货")


def stop_a_case(sit: Sit, folder: Path, key: str, prefix: str) -> str:
    """Deploy a policy with a gap, let a case fall into it, and return its number."""
    policy = small_policy(key, TITLE + key, prefix, remedy=GAP)
    upload(sit("demo-owner"), policy.pack(), folder)
    clerk = sit("demo-hq-clerk")
    number = clerk.register(TITLE + key, REGISTRATION)
    clerk.complete(number, "调查投诉", HARMLESS)
    return number


def open_incident(operator: Desk, number: str) -> None:
    """Open the incident of a case from the list of those that are open."""
    operator.page.goto(f"/operations/?q={number}")
    operator.page.locator("td.first a").click()
    expect(operator.page.locator("h1")).to_contain_text("确定处理方式")


def _correct(operator: Desk, name: str, value: str) -> None:
    operator.page.locator("#field-name").fill(name)
    operator.page.locator("#field-value").fill(value)
    operator.page.locator("#field-reason").fill("客户补交了保修卡。")
    operator.press(words("Set the variable"))
    assert name in operator.said()
