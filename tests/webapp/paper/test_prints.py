"""A print is a page that looks like paper, and a PDF of the same words."""

import sys
from io import BytesIO

import pytest
from lxml import html
from pypdf import PdfReader

from engine.commands.cases.lifecycle import StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.commands.tasks.signing import Proof
from tests.engine.commands.cases.test_attach_document import attach, reference
from tests.engine.commands.conftest import ENTERED, FOUND, waiting
from tests.engine.commands.tasks.test_sign_task import with_signature
from tests.engine.queries.cases.test_prints import with_print
from tests.people import actor


@pytest.fixture
def print_path(deployed, minimal):
    """The address of a print of a case that was investigated with a photo."""
    lin = actor(deployed, "lin")
    bundle = with_print(with_signature(minimal))
    deployed.run(DeployBundle(bundle), by=actor(deployed, "root"))
    case_id = deployed.run(StartCase("minimal", "complaint", ENTERED), by=lin)
    values = FOUND | {"photos": [reference(deployed, attach(deployed, lin))]}
    task_id = waiting(deployed, "investigate")
    deployed.run(CompleteTask(task_id, values, Proof("", holds=True)), by=lin)
    return f"/cases/{case_id}/prints/handling"


def words(text: str) -> str:
    return "".join(text.split())


def test_the_page_has_a_sheet_for_each_copy(lin, print_path):
    page = lin.get(print_path)

    assert page.status == 200
    assert page.texts("//article//*[@class='keeper']") == ["第一联 文员存", "第二联 主管存"]
    assert page.texts("//article//h1") == ["客户投诉处理单"] * 2
    assert "已签名，校验码" in page.text
    assert "<style" not in page.source
    assert " style=" not in page.source


def test_one_copy_can_be_fetched_alone(lin, print_path):
    page = lin.get(f"{print_path}?copy=2")

    assert page.texts("//article//*[@class='keeper']") == ["第二联 主管存"]
    assert f"{print_path}/pdf?copy=2" in page.texts("//nav//a/@href")


def test_everything_beside_the_sheets_leads_somewhere(lin, print_path):
    links = lin.get(print_path).texts("//nav//a/@href")

    assert links == [
        print_path.partition("/prints/")[0],
        f"{print_path}/pdf",
        f"{print_path}/pdf?save=1",
    ]
    assert {lin.get(link).status for link in links} == {200}


def test_the_pdf_says_what_the_page_says(lin, print_path):
    sheets = html.fromstring(lin.get(print_path).source).xpath("//article")
    response = lin.get(f"{print_path}/pdf")
    pages = PdfReader(BytesIO(response.content)).pages

    assert response.response.mimetype == "application/pdf"
    assert len(pages) == len(sheets) == 2
    for sheet, page in zip(sheets, pages, strict=True):
        printed = words(page.extract_text())
        for element in sheet.xpath(".//h1 | .//h2 | .//p | .//th | .//td | .//figcaption"):
            assert words(element.text_content()) in printed
        assert "第1页，共1页" in printed
        assert len(page.images) == 1


def test_the_pdf_brings_its_own_fonts(lin, print_path):
    page = PdfReader(BytesIO(lin.get(f"{print_path}/pdf").content)).pages[0]

    names = {str(font["/BaseFont"]) for font in _fonts(page)}
    assert {name.partition("+")[2] for name in names} == {"Paper-Sans", "Paper-Serif"}
    assert all("/FontFile3" in each for each in _descriptors(page))


def _fonts(page):
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def _descriptors(page):
    inner = [font["/DescendantFonts"][0].get_object() for font in _fonts(page)]
    return [each["/FontDescriptor"] for each in inner]


def test_the_case_leads_to_it(lin, print_path):
    page = lin.get(print_path.partition("/prints/")[0])

    assert print_path in page.texts("//section[contains(@class, 'prints')]//a/@href")
    assert "我留存的：第一联 文员存" in page.text


@pytest.mark.parametrize("path", ["", "/pdf"])
def test_it_is_refused_to_those_who_do_not_see_the_case(browser, print_path, path):
    assert browser("qian").get(print_path + path).status == 403
    assert browser("wu").get(print_path + path).status == 403


@pytest.mark.parametrize("path", ["x", "x/pdf"])
def test_an_unknown_print_is_not_found(lin, case_id, path):
    assert lin.get(f"/cases/{case_id}/prints/{path}").status == 404


def test_without_pango_the_page_is_there_and_the_pdf_says_what_is_missing(
    lin, print_path, tmp_path, monkeypatch
):
    (tmp_path / "weasyprint.py").write_text("raise OSError('no libpango')")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [*sys.modules]:
        if name.partition(".")[0] == "weasyprint" or name == "webapp.paper.pdf":
            monkeypatch.delitem(sys.modules, name)

    page = lin.get(f"{print_path}/pdf")

    assert page.status == 503
    assert "没有生成 PDF 所需的系统库 Pango" in page.text
    assert lin.get(print_path).status == 200
