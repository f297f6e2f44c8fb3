"""Reports on pages: each figure leads to a list with as many rows."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from engine.policy.sections.reports import REPORT_KINDS
from tests.keeping import register

PERIOD = "first=2026-01&last=2026-04"


def total_of(page) -> int:
    """Return how many rows a list says that it has, with those that are not shown."""
    counted = page.texts("//div[@class='paging']/span[1]")
    shown = int(counted[0].split("共")[-1].strip(" 条項项筆")) if counted else 0
    hidden = page.texts("//p[contains(@class, 'hidden-lines')]")
    return shown + (int(hidden[0].split()[1]) if hidden else 0)


@pytest.mark.parametrize("kind", REPORT_KINDS)
def test_every_count_on_the_page_leads_to_as_many_rows(zhao, kind):
    page = zhao.get(f"/reports/minimal/kinds/{kind}?{PERIOD}")

    links = page.texts("//td[contains(@class, 'figure-count')]/a/@href")
    texts = page.texts("//td[contains(@class, 'figure-count')]/a")
    assert links
    for address, text in dict(zip(links, texts, strict=True)).items():
        assert total_of(zhao.get(address)) == int(text), address


@pytest.mark.parametrize("kind", REPORT_KINDS)
def test_every_report_can_be_had_as_files(zhao, kind):
    excel = zhao.get(f"/reports/minimal/kinds/{kind}/xlsx?{PERIOD}")
    text = zhao.get(f"/reports/minimal/kinds/{kind}/csv?{PERIOD}")

    book = load_workbook(BytesIO(excel.content))
    assert book.active["A1"].value == f"报表 {kind}"
    assert "attachment" in excel.response.headers["Content-Disposition"]
    assert text.content.startswith(b"\xef\xbb\xbf")
    assert zhao.get(f"/reports/minimal/kinds/{kind}/pdf").status == 404


def test_charts_are_drawn_without_scripts_and_named(zhao):
    page = zhao.get(f"/reports/minimal/kinds/hot-spots?{PERIOD}")

    assert len(page.texts("//*[local-name()='svg' and @role='img']/@aria-label")) == 1
    assert page.texts("//*[local-name()='rect' and contains(@class, 'chart-bar')]")
    assert "style=" not in page.source


def test_the_overview_leads_to_everything(zhao):
    page = zhao.get("/reports/")

    links = page.texts("//ul[@class='policy-reports']//a/@href")
    assert len(links) == 12
    assert {zhao.get(link).status for link in links} == {200}
    assert "报表" in page.texts("//nav[contains(@class, 'places')]")[0]


def test_a_role_sees_its_own_report_alone(kept, lin):
    page = lin.get("/reports/")

    assert page.texts("//ul[@class='policy-reports']//a/text()") == ["报表 daily-count"]
    assert lin.get("/reports/minimal/kinds/daily-count").status == 200
    for place in ("kinds/trend", "kinds/trend/csv"):
        assert lin.get(f"/reports/minimal/{place}").status == 403


def test_whoever_reads_nothing_finds_nothing(kept, browser):
    wu = browser("wu")

    assert "报表" not in wu.get("/").texts("//nav[contains(@class, 'places')]")[0]
    assert "没有供您查看的报表" in wu.get("/reports/").text
    for place in ("ledger", "ledger/xlsx", "steps", "months", "months/2026-03"):
        assert wu.get(f"/reports/minimal/{place}").status == 403


@pytest.mark.parametrize("place", ["kinds/trend", "ledger", "steps"])
def test_odd_months_are_told_at_their_field(zhao, place):
    page = zhao.get(f"/reports/minimal/{place}?first=2026-99&last=2026-03")

    assert page.status == 422
    assert page.texts("//*[@id='wrong-first']")
    assert page.texts("//input[@name='first']/@value") == ["2026-99"]


@pytest.mark.parametrize(
    "place", ["none/ledger", "none/months", "minimal/kinds/none", "minimal/months/2026-03"]
)
def test_what_there_is_not_is_not_found(zhao, place):
    assert zhao.get(f"/reports/{place}").status == 404


def test_the_ledger_is_narrowed_and_its_file_with_it(zhao):
    page = zhao.get("/reports/minimal/ledger?is.unit=south&q=0002")

    assert total_of(page) == 3
    [address] = [link for link in page.texts("//a/@href") if "/ledger/csv" in link]
    lines = zhao.get(address).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert "南区营业所" in lines[1]


def test_what_is_not_filled_in_can_be_asked_for(zhao):
    page = zhao.get("/reports/minimal/ledger?is.fault=~")

    assert total_of(page) == 3
    assert page.texts("//select[@name='is.fault']/option[@selected]") == ["未填写"]


def test_a_filter_of_a_figure_can_be_taken_out(zhao):
    page = zhao.get("/reports/minimal/ledger?grade=5&basis=closed")

    [chip] = page.texts("//ul[@class='chips']/li/a/@href")
    assert "满意度：5" in page.text
    assert "grade" not in chip


def test_a_customer_cannot_put_a_formula_into_a_file(kept, zhao, clock):
    register(kept, clock, clock.moment, subject="=HYPERLINK(1)")

    content = zhao.get("/reports/minimal/ledger/xlsx?q=HYPERLINK").content
    page = load_workbook(BytesIO(content)).active
    cells = [cell for row in page for cell in row if "HYPERLINK" in str(cell.value)]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
    text = zhao.get("/reports/minimal/ledger/csv?q=HYPERLINK").content.decode("utf-8-sig")
    assert ",'=HYPERLINK" in text


def test_a_list_too_long_for_excel_is_offered_as_csv(zhao, monkeypatch):
    monkeypatch.setattr("webapp.reports.files.MOST_ROWS", 3)

    assert zhao.get("/reports/minimal/ledger/xlsx").status == 409
    assert zhao.get("/reports/minimal/ledger/csv").status == 200
