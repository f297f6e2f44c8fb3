"""The worklist of somebody whose group has several steps to do."""

from playwright.sync_api import expect

from tests.end_to_end.complaints import REGISTER, advice, registration, sampling_request
from tests.end_to_end.conftest import KeepPicture, Sit
from tests.end_to_end.desk import words

COMPLAINTS = {
    "演示·东方机械": "新机运行三天后漏油",
    "演示·江南纺织": "电机异响，伴有异味",
    "演示·滨海食品": "显示屏不亮",
    "演示·西湖印务": "包装破损，缺少附件",
}


def test_steps_are_found_while_typing_and_claimed_together(
    sit: Sit, keep_picture: KeepPicture
) -> None:
    branch, desk = sit("demo-branch-clerk"), sit("demo-hq-clerk")
    numbers = {
        customer: branch.register(REGISTER, {**registration(customer), "投诉事项": subject})
        for customer, subject in COMPLAINTS.items()
    }
    for customer in ("演示·滨海食品", "演示·江南纺织"):
        desk.complete(numbers[customer], "解答疑问", advice())
        desk.complete(numbers[customer], "以内联单通知取样", sampling_request())
    manager = sit("demo-regional-manager").page
    manager.goto("/?show=groups")
    expect(manager.locator("#worklist .due").first).to_be_visible()
    keep_picture(manager, "worklist", height=640)

    page = desk.page

    page.goto("/?show=groups")
    rows = page.locator("#worklist tbody tr")
    page.locator("#find").press_sequentially("西湖印务")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(numbers["演示·西湖印务"])

    page.goto("/?show=groups")
    wanted = [numbers["演示·东方机械"], numbers["演示·西湖印务"]]
    for number in wanted:
        rows.filter(has_text=number).locator("input[type=checkbox]").check()
    desk.press(words("Claim the ticked ones"))

    page.goto("/?show=mine")
    for number in wanted:
        expect(rows.filter(has_text=number)).to_be_visible()
