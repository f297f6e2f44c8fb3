"""Every kind of page: no fault of level A or AA, in light and dark; fits a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.end_to_end.complaints import REGISTER, registration
from tests.end_to_end.conftest import PHONE, ROOT, Sit
from tests.end_to_end.desk import Desk, words
from tests.end_to_end.test_deploying import upload
from tests.end_to_end.test_incident import open_incident, stop_a_case

AXE = ROOT / "webapp" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
#: An experiment of axe: it reads the names in a linked diagram as the link's own label.
RUN = """async (only) => (await axe.run({
    runOnly: only, rules: {"label-content-name-mismatch": {enabled: false}},
})).violations.flatMap(
  (fault) => fault.nodes.map((node) => `${fault.id}: ${node.target.join(" ")}`))"""

pytestmark = pytest.mark.skipif(
    not AXE.is_file(), reason="axe-core is not here for Chromium: npm ci"
)


def test_pages_of_strangers(sit: Sit) -> None:
    stranger = sit()
    stranger.page.goto("/sign-in")
    faults = [*faults_of(stranger.page)]

    stranger.page.locator("input[name=login]").fill("nobody")
    stranger.page.locator("input[name=password]").fill("wrong password")
    stranger.press(words("Sign in"))
    faults += faults_of(stranger.page)

    assert faults == []


def test_pages_of_those_who_work_on_cases(sit: Sit) -> None:
    number = sit("demo-branch-clerk").register(REGISTER, registration())
    clerk = sit("demo-hq-clerk")
    clerk.open_case(number)
    case = clerk.page.url
    faults = [*faults_of(clerk.page)]

    clerk.find(number, "解答疑问")
    faults += faults_of(clerk.page)
    clerk.claim()
    faults += faults_of(clerk.page)
    clerk.press(words("Complete “{task}”", task="解答疑问"))
    faults += faults_of(clerk.page)
    faults += _visit(
        clerk,
        f"{case}/print",
        "/?show=groups",
        "/?show=mine",
        "/?show=overdue",
        "/cases/",
        "/cases/?q=nobody",
        "/register/product-quality/complaint",
        "/notices/",
        "/account/",
        "/account/notices/",
        "/no/such/page",
    )

    assert faults == []


def test_pages_of_policies(sit: Sit, tmp_path: Path) -> None:
    owner = sit("demo-owner")
    faults = [*_visit(owner, "/policies/", "/policies/product-quality")]
    for kind in ("processes", "decisions", "forms"):
        owner.page.goto("/policies/product-quality")
        owner.page.locator(f"a[href*='/{kind}/']").first.click()
        faults += faults_of(owner.page)

    upload(owner, b"this is no zip", tmp_path)
    faults += faults_of(owner.page)

    assert faults == []


def test_pages_of_operations(sit: Sit, tmp_path: Path) -> None:
    number = stop_a_case(sit, tmp_path, "gap-for-all", "QA")
    operator = sit("demo-operator")

    faults = [*_visit(operator, "/operations/", "/operations/jobs", "/operations/messages")]
    open_incident(operator, number)
    faults += faults_of(operator.page)
    operator.open_case(number)
    faults += faults_of(operator.page)

    assert faults == []


def test_pages_of_administration(sit: Sit) -> None:
    admin = sit("demo-admin")
    admin.page.goto("/people/")
    person = admin.page.locator("td.first a").first.get_attribute("href")

    assert [
        *_visit(admin, "/people/", "/people/new", str(person), "/units/", "/people/robots/")
    ] == []


def _visit(desk: Desk, *places: str) -> Iterator[str]:
    for place in places:
        desk.page.goto(place)
        yield from faults_of(desk.page)


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with the page as it stands, and at the width of a phone."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(RUN, {"type": "tag", "values": LEVELS})
    page.emulate_media(color_scheme="dark")
    found += page.evaluate(RUN, {"type": "rule", "values": ["color-contrast"]})
    page.emulate_media(color_scheme="light")
    desk = page.viewport_size
    page.set_viewport_size(PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(desk)
    if width > PHONE["width"]:
        found.append(f"{width} pixels wide on a phone")
    return [f"{page.url.partition('/')[2]} {fault}" for fault in found]
