"""Where scripts are off, people still sign in, register, claim and complete."""

from playwright.sync_api import expect

from tests.end_to_end.complaints import advice, registration
from tests.end_to_end.conftest import Sit
from tests.end_to_end.desk import Desk, words

PRODUCT = ("产品型号", "产品批号", "订货日期", "发货日期", "到货日期", "故障现象")


def test_a_complaint_is_registered_and_a_step_completed_without_scripts(sit: Sit) -> None:
    clerk = sit("demo-branch-clerk", java_script_enabled=False)
    clerk.page.goto("/register/product-quality/complaint")
    everything = registration()
    clerk.fill({label: all_ for label, all_ in everything.items() if label not in PRODUCT})
    _update(clerk)

    expect(clerk.field("产品型号")).to_be_visible()
    clerk.fill({label: everything[label] for label in PRODUCT})
    clerk.press(words("Register it"))
    number = clerk.page.locator("h1 .number").inner_text()
    assert number in clerk.said()

    office = sit("demo-hq-clerk", java_script_enabled=False)
    office.find(number, "解答疑问")
    office.claim()
    answers = dict(advice())
    told = {"已告知客户：区域经理将尽快到现场取样": answers.popitem()[1]}
    office.fill(answers)
    _update(office)
    office.fill(told)
    office.press(words("Complete “{task}”", task="解答疑问"))

    assert "以内联单通知取样" in office.said()


def _update(desk: Desk) -> None:
    """Press the button that scripts would press by themselves."""
    with desk.page.expect_navigation():
        desk.page.locator(".refresh button").click()
