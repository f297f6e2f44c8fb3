"""Every page in Chromium: nothing that axe faults, nothing that the policy blocks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from engine.runtime import Engine
from engine.settings import Settings
from tests.conftest import BUNDLES, StandingClock
from tests.people import PASSWORD
from tests.serving import served
from tests.webapp import busy_house
from webapp import create_app
from webapp.shell.assets import BUNDLE

AXE = BUNDLE.parents[1] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (BUNDLE / "manifest.json").is_file(), reason="needs a bundle"),
]

PAGES = [
    "/",
    "/?show=groups",
    "/?show=overdue",
    "/?show=mine&q=nothing",
    "/register/minimal/complaint",
    "/tasks/1",
    "/tasks/2",
    "/cases/",
    "/cases/1",
    "/cases/1/print",
    "/policies/",
    "/policies/minimal",
    "/policies/upload",
    "/policies/versions/1/processes/complaint",
    "/policies/versions/1/decisions/remedy",
    "/policies/versions/1/forms/investigate",
    "/operations/?state=all",
    "/operations/jobs",
    "/operations/messages",
    "/operations/incidents/1",
    "/people/",
    "/people/new",
    "/people/4",
    "/people/robots/",
    "/units/",
    "/notices/",
    "/account/",
    "/account/notices/",
    "/account/tokens",
    "/people/tokens",
    "/api/",
    "/cases/1/prints/handling",
    "/cases/1/erase",
    "/tasks/5",
    "/deadlines/breaches",
    "/deadlines/extensions",
    "/reports/",
    "/reports/minimal/ledger",
    "/reports/minimal/months",
    "/reports/minimal/months/2026-03",
    "/reports/minimal/steps?first=2026-03&last=2026-03",
    "/reports/minimal/kinds/hot-spots",
    "/reports/minimal/kinds/trend",
    "/reports/minimal/kinds/deadlines",
    "/policies/minimal/clauses/",
    "/policies/minimal/clauses/MC-1",
    "/policies/minimal/guards/",
    "/posters/open-desk/complaint",
    "/p/",
    "/p/open-desk/complaint",
    "asked",
    "closed",
    "/nowhere",
]
#: What customers get to their complaints, by the names that stand for them above.
_SECRET: dict[str, str] = {}
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("house")
    clock = StandingClock()
    engine = Engine(
        Settings(f"sqlite:///{home / 'house.db'}", home / "files", BUNDLES), clock
    )
    engine.migrate()
    app = create_app(engine, engine.settings)
    _SECRET.update(busy_house.fill(engine, app, clock))
    with served(app) as address:
        yield address
    engine.close()


def sign_in(browser: Browser, address: str, **options: object) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(address + "/sign-in")
    page.fill("[name=login]", "root")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(address + "/")
    return page


#: tests/end_to_end/test_accessibility.py looks at a desk in the light.
@pytest.fixture(scope="module", params=["desk-dark", "phone-light"])
def page(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Page]:
    size, scheme = request.param.split("-")
    page = sign_in(chromium, address, viewport=SIZES[size], color_scheme=scheme)
    yield page
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_it_has_no_fault(page: Page, address: str, path: str) -> None:
    blocked: list[str] = []
    page.on("console", lambda line: blocked.append(line.text))
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    page.goto(address + _SECRET.get(path, path))
    page.evaluate(AXE.read_text("utf-8"))
    faults = page.evaluate(
        """async () => (await axe.run(document, {runOnly: ["wcag2a", "wcag2aa",
        "wcag21a", "wcag21aa", "wcag22aa"]})).violations.flatMap(
        fault => fault.nodes.map(node => fault.id + ": " + node.html.slice(0, 200)))"""
    )

    assert faults == []
    assert [line for line in blocked if "Content Security Policy" in line] == []
    assert errors == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_list_filters_without_a_reload(chromium: Browser, address: str) -> None:
    page = sign_in(chromium, address, viewport=SIZES["desk"])
    page.goto(address + "/cases/")
    page.evaluate("window.mark = 1")

    page.fill("#find", "0003")
    page.wait_for_url("**q=0003**")

    assert page.locator("#cases tbody tr").count() == 1
    assert page.evaluate("window.mark") == 1
    page.context.close()


def test_what_is_typed_is_kept_without_asking(chromium: Browser, address: str) -> None:
    page = sign_in(chromium, address, viewport=SIZES["desk"])
    page.goto(address + "/register/minimal/complaint")

    page.fill("[name=subject]", "写到一半")
    page.locator("[data-draft-line]:has-text('草稿')").wait_for()
    page.goto(address + "/register/minimal/complaint")

    assert page.input_value("[name=subject]") == "写到一半"
    page.context.close()


def test_the_keyboard_reaches_the_content_first(chromium: Browser, address: str) -> None:
    page = sign_in(chromium, address, viewport=SIZES["desk"])

    page.goto(address + "/cases/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"
    page.context.close()


def test_without_scripts_a_task_is_done_all_the_same(
    chromium: Browser, address: str
) -> None:
    page = sign_in(chromium, address, java_script_enabled=False)
    page.goto(address + "/?show=groups")
    page.click("text=调查投诉")
    page.click("text=认领并开始办理")
    page.check("[name=fault][value=misuse]")
    page.fill("[name=findings]", "空转烧毁")
    page.click("text=提交「调查投诉」")

    assert "已提交" in page.inner_text("[role=status]")
    page.context.close()
