import pytest

from engine.commands.cases.lifecycle import CancelCase, StartCase
from engine.model import CaseId
from tests.engine.commands.conftest import ENTERED
from tests.people import actor


def numbers(page):
    return page.texts("//td[contains(@class, 'first')]")


@pytest.fixture
def two_cases(engine, case_id):
    other = ENTERED | {"customerName": "宁波启航", "subject": "退款", "branch": "south"}
    return case_id, engine.run(
        StartCase("minimal", "complaint", other), by=actor(engine, "lin")
    )


def test_it_lists_the_newest_first(lin, two_cases):
    assert numbers(lin.get("/cases/")) == ["JY-2603-0002", "JY-2603-0001"]


def test_it_says_where_each_stands(lin, case_id):
    page = lin.get("/cases/")

    assert "调查投诉" in page.text
    assert "北区营业所" in page.text
    assert page.texts("//table//*[contains(@class, 'mark')]") == ["办理中"]


@pytest.mark.parametrize("text", ["退", "退款", "启航", "0002", "宁波启航 退款"])
def test_it_finds_chinese_of_any_length(lin, two_cases, text):
    assert numbers(lin.get("/cases/?q=" + text)) == ["JY-2603-0002"]


@pytest.mark.parametrize("text", ["款退", '"', "%", "宁波 漏水", "()*"])
def test_it_finds_nothing_else(lin, two_cases, text):
    assert numbers(lin.get("/cases/", query_string={"q": text})) == []


def test_it_narrows_by_state_and_unit(engine, lin, two_cases):
    engine.run(CancelCase(CaseId(two_cases[0]), "重复"), by=actor(engine, "root"))

    assert numbers(lin.get("/cases/?state=cancelled")) == ["JY-2603-0001"]
    assert numbers(lin.get("/cases/?state=open")) == ["JY-2603-0002"]
    assert numbers(lin.get("/cases/?unit=south")) == ["JY-2603-0002"]
    assert numbers(lin.get("/cases/?state=overdue")) == []


def test_it_finds_what_is_overdue(lin, case_id, clock):
    clock.move(hours=6)

    assert numbers(lin.get("/cases/?state=overdue")) == ["JY-2603-0001"]


def test_it_shows_what_one_registered(browser, lin, case_id):
    assert numbers(lin.get("/cases/?mine=1")) == ["JY-2603-0001"]
    assert numbers(browser("root").get("/cases/?mine=1")) == []


def test_it_sorts(lin, two_cases):
    page = lin.get("/cases/?sort=number")

    assert numbers(page) == ["JY-2603-0001", "JY-2603-0002"]
    assert page.texts("//th[@aria-sort]/@aria-sort") == ["ascending"]


def test_others_see_nothing_of_it(browser, case_id):
    assert numbers(browser("wu").get("/cases/")) == []
    assert numbers(browser("qian").get("/cases/")) == []


def test_an_auditor_sees_all(root, two_cases):
    assert len(numbers(root.get("/cases/"))) == 2


def test_the_person_complained_of_sees_nothing(engine, browser, deployed):
    about = ENTERED | {"personComplainedOf": "root"}
    engine.run(StartCase("minimal", "complaint", about), by=actor(engine, "lin"))

    root = browser("root")

    assert numbers(root.get("/cases/")) == []
    assert root.get("/cases/1").status == 403
