"""A customer with a phone complains, follows it by the link, answers, and judges."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.conftest import PHONE, Sit, serving
from tests.end_to_end.desk import Desk, words
from tests.end_to_end.test_accessibility import AXE, faults_of
from tests.open_desk import OPEN_BUNDLES

START = "/p/open-desk/complaint"
TOO_FAST = 3_200  #: Milliseconds in which no person fills in a form.
THUMB = 44  #: Pixels that a target has at least, in height.


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("open")


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """A system whose policies are those of the tests, one of them open to the public."""
    with serving(home, POLICIES=str(OPEN_BUNDLES)) as address:
        yield address


@pytest.fixture
def complain(sit: Sit, photo: Path):
    """File a complaint in a browser and return that browser and the customer's page."""

    def complains(**options: object) -> tuple[Desk, str]:
        customer = sit(**options)
        customer.page.goto(START)
        customer.page.wait_for_timeout(TOO_FAST)
        customer.fill({"您的称呼": "演示·张女士", "投诉事由": "水泵漏水", "照片": photo})
        customer.press(words("Send the complaint"))
        expect(customer.page.locator(".open-receipt")).to_be_visible()
        return customer, customer.page.url.partition("?")[0]

    return complains


def test_a_complaint_from_the_form_to_the_survey(
    sit: Sit, complain, home: Path, address: str
) -> None:
    customer, link = complain(phone=True)
    page = customer.page
    number = page.locator(".open-receipt .number").inner_text()
    assert re.fullmatch(r"TS-\d{4}-\d{4}", number)
    assert link in page.locator(".open-receipt").inner_text()
    _fits(page)

    clerk = sit("lin")
    clerk.complete(
        number, "核对投诉", {"需要客户补充": True, "要问客户的问题": "何时购买？"}
    )
    page.goto(link)
    expect(page.get_by_text("何时购买？")).to_be_visible()
    expect(page.locator(".open-way li").first).to_contain_text("等您补充情况")
    _fits(page)
    page.wait_for_timeout(TOO_FAST)
    customer.fill({"您的回答": "三月一日"})
    customer.press(words("Send the answer"))
    expect(page.locator(".said.done")).to_be_visible()

    clerk.complete(number, "处理投诉", {"处理结果": "换货"})
    page.goto(link)
    expect(page.locator(".open-way li").first).to_contain_text("已办结：换货")
    page.wait_for_timeout(TOO_FAST)
    customer.fill({"您对处理是否满意": "很满意"})
    customer.press(words("Send my opinion"))
    expect(page.locator(".said.done")).to_be_visible()
    expect(page.locator("#survey")).to_have_count(0)

    token = link.rpartition("/")[2]
    assert token not in (home / "serve.log").read_text("utf-8")


def test_what_was_typed_survives_haste_and_mistakes(sit: Sit, photo: Path) -> None:
    customer = sit()
    page = customer.page
    page.goto(START)
    customer.fill({"您的称呼": "演示·李先生", "照片": photo})
    customer.press(words("Send the complaint"))
    expect(page.locator(".said.wrong")).to_be_visible()
    expect(page.locator("[name=customerName]")).to_have_value("演示·李先生")

    page.wait_for_timeout(TOO_FAST)
    customer.fill({"照片": photo})
    customer.press(words("Send the complaint"))
    assert customer.fault("投诉事由")
    expect(page.locator("ul.documents li")).to_have_count(1)

    customer.fill({"投诉事由": "噪声"})
    customer.press(words("Send the complaint"))
    expect(page.locator(".open-receipt")).to_be_visible()


def test_it_works_without_scripts(complain) -> None:
    customer, link = complain(java_script_enabled=False)

    customer.page.goto(link)

    expect(customer.page.locator(".open-way li").first).to_contain_text("正在核对情况")


def test_a_wrong_link_says_what_to_do(sit: Sit) -> None:
    page = sit(phone=True).page
    answer = page.goto("/t/AAAAAAAAAAAAAAAAAAAAAAAAAAA")

    assert answer.status == 404
    expect(page.locator("h1")).to_have_text(words("This link leads nowhere"))
    _fits(page)


def test_the_sheet_with_the_code_is_one_page_of_a4(sit: Sit) -> None:
    page = sit("lin").page
    page.goto("/posters/open-desk/complaint")

    sheet = page.pdf(format="A4")

    assert page.locator("svg.code").bounding_box()["width"] > 300
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not here: npm ci")
def test_the_pages_for_customers_are_for_everybody(sit: Sit, complain) -> None:
    customer, link = complain()
    faults = faults_of(customer.page)
    for path in ("/p/", START, link, "/t/nothing"):
        customer.page.goto(path)
        faults += faults_of(customer.page)

    assert list(faults) == []


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    for button in page.locator("main button:not(.unseen):visible").all():
        assert button.bounding_box()["height"] >= THUMB
