"""People choose the language that the pages speak to them."""

from playwright.sync_api import expect

from tests.end_to_end.conftest import Sit

LOGIN = "demo-planning-head"  # Nobody else's tests depend on their language.


def test_the_language_is_switched_and_remembered(sit: Sit) -> None:
    desk = sit(LOGIN)
    page = desk.page
    heading, document = page.locator("h1"), page.locator("html")
    expect(heading).to_have_text("待办")

    page.goto("/account/")
    page.get_by_role("main").get_by_role("button", name="English").click()
    page.goto("/")
    expect(heading).to_have_text("Tasks")
    expect(document).to_have_attribute("lang", "en")

    other = sit()
    other.page.goto("/sign-in")
    other.page.get_by_role("button", name="繁體中文").click()
    expect(other.page.get_by_role("button", name="登入")).to_be_visible()

    page.locator(".person summary").click()
    page.locator(".person-menu").get_by_role("button", name="繁體中文").click()
    page.goto("/")
    expect(heading).to_have_text("待辦")
    expect(document).to_have_attribute("lang", "zh-TW")
