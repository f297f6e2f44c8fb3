"""A month is closed and stays as it was; a print says on paper what it says on screen."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from engine.commands.people.accounts import SetPassword
from engine.commands.policies.deployments import DeployBundle
from engine.model import SYSTEM
from engine.policy import Bundle
from engine.runtime import Engine
from engine.settings import Settings
from engine.simulation import bring_in
from engine.simulation.cast import Cast, cast_beside
from engine.simulation.clock import SimulatedClock
from engine.simulation.player import Player
from tests.end_to_end.conftest import ROOT, Sit
from tests.end_to_end.desk import PASSWORD, words
from tests.end_to_end.story import Story
from tests.people import actor
from tests.serving import served
from webapp import create_app

KEY = "invoicing-service"
FINISHED = Story(KEY, "general-accepted")
UNFINISHED = Story(KEY, "harassing-caller")
CLOSED, OPEN = "260301", "260302"  #: The numbers of the two complaints of the month.
MANAGER, HEAD = "demo-marketing-manager", "demo-service-east-head"
LATER = datetime.fromisoformat("2026-04-08T09:00:00+08:00")
#: The texts of elements as people see them, without what they leave empty.
TEXTS = "all => all.map(each => each.innerText.trim()).filter(each => each)"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A house in April with two complaints of March: one was closed then, one is open."""
    home: Path = tmp_path_factory.mktemp("april")
    clock = SimulatedClock(datetime.fromisoformat("2026-02-01T09:00:00+08:00"))
    settings = Settings(f"sqlite:///{home / 'house.db'}", home / "files", ROOT)
    engine = Engine(settings, clock)
    engine.migrate()
    cast = _cast(FINISHED.policy.roles.keys())
    bring_in(engine, cast)
    _let_march_pass(engine, clock, cast)
    clock.set(LATER)
    with served(create_app(engine, settings)) as address:
        yield address
    engine.close()


def _cast(roles: Collection[str]) -> Cast:
    """Return those of the demo who have a part in the policy."""
    cast = cast_beside(ROOT)
    concerned = [
        person for person in cast.people if any(held.role in roles for held in person.roles)
    ]
    return Cast(cast.units, tuple(concerned))


def _let_march_pass(engine: Engine, clock: SimulatedClock, cast: Cast) -> None:
    bundle = Bundle.from_folders(ROOT, KEY)
    engine.run(DeployBundle(bundle), by=SYSTEM)
    for login in (MANAGER, HEAD):
        engine.run(SetPassword(actor(engine, login).person_id, PASSWORD), by=SYSTEM)
    begun = replace(UNFINISHED.scenario, steps=())
    later = replace(begun, start=begun.start.replace(day=20))
    for scenario in (FINISHED.scenario, later):
        clock.set(scenario.start)
        Player(engine, clock, FINISHED.policy, cast).play(scenario)


def test_the_figures_of_a_closed_month_stay_when_a_case_goes_on(sit: Sit) -> None:
    manager = sit(MANAGER)
    page = manager.page
    page.goto(f"/reports/{KEY}/months")
    manager.press(words("Close {month}", month="2026-03"))
    assert "2026-03" in manager.said()
    page.goto(f"/reports/{KEY}/months/2026-03")
    before = _figures(page)
    assert before["登记"] == ["2", "2"]

    task = "take-over-caller"
    manager.complete(OPEN, UNFINISHED.name(task), UNFINISHED.answers(task))

    page.goto(f"/reports/{KEY}/months")
    page.get_by_role("link", name=words("{count} cases", count=1)).click()
    after = _figures(page)
    assert {name: then for name, (then, _) in after.items()} == {
        name: then for name, (then, _) in before.items()
    }
    expect(page.locator("main")).to_contain_text(
        words("Changed since closing: {count}", count=1)
    )
    page.goto(f"/reports/{KEY}/ledger?first=2026-03&last=2026-03")
    line = page.locator(".ledger tbody tr", has_text=OPEN)
    expect(line).to_contain_text(words("changed since closing"))
    expect(line.locator("[data-label=状态]")).to_have_text(words("open"))


def test_a_print_says_the_same_on_paper_and_on_screen(sit: Sit) -> None:
    manager = sit(MANAGER)
    manager.open_case(CLOSED)
    manager.page.get_by_role("link", name="客户投诉处理单", exact=True).click()
    sheets = manager.page.locator("article.sheet")
    expect(sheets.locator(".keeper")).to_have_text(
        ["第一联　营销部门存", "第二联　责任单位存"]
    )
    expect(sheets.first.locator(".signature")).to_have_count(3)
    link = manager.page.get_by_role("link", name=words("Open as PDF"))

    answer = manager.page.request.get(str(link.get_attribute("href")))

    paper = PdfReader(BytesIO(answer.body()))
    for keeper, sheet in zip(("第一联", "第二联"), sheets.all(), strict=True):
        pages = [page for page in paper.pages if keeper in _text(page, "plain")]
        printed = "".join(_text(page, "plain") for page in pages)
        texts = sheet.locator("td, .keeper, .signature p").evaluate_all(TEXTS)
        assert [text for text in texts if _bare(text) not in printed] == []
        from_above = "".join(_text(page, "layout") for page in pages)
        _stand_in_order(sheet.locator("h1, h2, th").evaluate_all(TEXTS), from_above)
    assert {_is_embedded(font) for page in paper.pages for font in _fonts(page)} == {True}


def test_whoever_keeps_the_second_copy_fetches_it_alone(sit: Sit) -> None:
    head = sit(HEAD)
    head.open_case(CLOSED)

    head.page.get_by_role("link", name="第二联").first.click()

    expect(head.page.locator(".keeper")).to_have_text(["第二联　责任单位存"])


def _figures(page: Page) -> dict[str, list[str]]:
    rows = page.locator(".figures tbody tr").all()
    return {
        row.locator("th").inner_text(): [
            cell.split()[0] for cell in row.locator("td").all_inner_texts()
        ]
        for row in rows
    }


def _text(page: PageObject, mode: str) -> str:
    """Return what a page says: as it was written, or as it lies, from above."""
    return _bare(page.extract_text(extraction_mode=mode))


def _bare(text: str) -> str:
    return "".join(text.split())


def _stand_in_order(texts: list[str], printed: str) -> None:
    at = 0
    for text in map(_bare, texts):
        found = printed.find(text, at)
        assert found >= 0, f"Expected {text} after {printed[max(0, at - 40) : at]}."
        at = found + len(text)


def _fonts(page: PageObject) -> list[DictionaryObject]:
    fonts = page["/Resources"]["/Font"].values()
    return [font.get_object()["/DescendantFonts"][0].get_object() for font in fonts]


def _is_embedded(font: DictionaryObject) -> bool:
    names = font["/FontDescriptor"].get_object().keys()
    return bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(names))
