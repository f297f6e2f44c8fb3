"""Asking for more time, deciding on it, and the register of broken deadlines."""

import pytest

from engine.commands.tasks.lifecycle import ClaimTask
from engine.store.models import Breach, Extension, Task
from tests.engine.commands.conftest import work
from tests.engine.commands.deadlines.small_policy import opened
from tests.engine.commands.knowing import rows
from tests.people import actor


@pytest.fixture
def task(engine, minimal):
    task_id = opened(engine, minimal, lambda login: actor(engine, login))
    engine.run(ClaimTask(task_id), by=actor(engine, "lin"))
    return task_id


def ask(browser, task, **said):
    typed = {"until": "2026-03-05T12:00", "reason": "等待送检"} | said
    return browser.post(f"/deadlines/tasks/{task}", typed)


def test_who_holds_a_task_asks_on_its_page(engine, lin, browser, task):
    assert "申请展期" in lin.get(f"/tasks/{task}").text
    assert "申请展期" not in browser("zhao").get("/").text

    assert ask(lin, task).status == 303

    assert rows(engine, Extension)[0].reason == "等待送检"
    page = lin.get(f"/tasks/{task}")
    assert "待审批" in page.text
    assert "由主管（北区营业所）审批" in page.text
    assert "申请展期…" not in page.text


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(engine, lin, task):
    page = ask(lin, task, until="2026-03-02T09:00")

    assert page.status == 422
    assert "展期后的期限应晚于" in page.text
    assert "等待送检" in page.text
    assert ask(lin, task, until="soon").status == 422
    assert rows(engine, Extension) == []


def test_others_do_not_ask(browser, task):
    assert ask(browser("wu"), task).status == 403


def test_those_who_decide_find_it_among_their_tasks(lin, browser, task):
    zhao = browser("zhao")
    assert "展期审批" not in zhao.get("/").text
    ask(lin, task)

    assert "展期审批" in zhao.get("/").text
    page = zhao.get("/deadlines/extensions")
    assert "等待送检" in page.text
    assert "林文员" in page.text
    assert "等待送检" not in browser("qian").get("/deadlines/extensions").text
    assert "等待送检" not in lin.get("/deadlines/extensions").text


def test_what_is_granted_shows_both_dates(engine, lin, browser, task):
    ask(lin, task)
    zhao, number = browser("zhao"), rows(engine, Extension)[0].id

    zhao.send(f"/deadlines/extensions/{number}", {"decision": "grant", "remark": "同意"})

    page = lin.get(f"/tasks/{task}")
    assert "原期限" in page.text
    assert "3月5日 12:00" in page.text
    case = lin.get(f"/cases/{rows(engine, Task)[0].case_id}")
    assert "同意「调查投诉」展期" in case.text
    assert "审批：同意" in case.text


def test_a_refusal_without_a_word_is_asked_for_one(engine, lin, browser, task):
    ask(lin, task)
    number = rows(engine, Extension)[0].id

    page = browser("zhao").post(f"/deadlines/extensions/{number}", {"decision": "refuse"})

    assert page.status == 422
    assert "wrong-remark" in page.source
    assert rows(engine, Extension)[0].state == "open"


def test_a_request_is_refused(engine, lin, browser, task):
    ask(lin, task)
    number = rows(engine, Extension)[0].id

    said = {"decision": "refuse", "remark": "客户在等"}
    browser("zhao").send(f"/deadlines/extensions/{number}", said)

    assert rows(engine, Extension)[0].state == "refused"
    assert "客户在等" in lin.get(f"/tasks/{task}").text
    assert browser("zhao").post(f"/deadlines/extensions/{number}", said).status == 409
    assert browser("zhao").post("/deadlines/extensions/99", said).status == 404


@pytest.fixture
def late(engine, task, clock):
    clock.move(hours=5)
    work(engine)
    return rows(engine, Breach)[0].id


def test_the_register_shows_what_is_one_s_own(lin, browser, late):
    page = lin.get("/deadlines/breaches")

    assert "林文员" in page.text
    assert "仍未完成" in page.text
    assert "保存审阅意见" not in page.text
    assert "没有逾期记录" in browser("qian").get("/deadlines/breaches").text


def test_it_is_narrowed(root, late):
    for query in (
        "person=lin",
        "unit=north",
        "month=2026-03",
        "reviewed=no",
        "policy=minimal",
    ):
        assert "调查投诉" in root.get(f"/deadlines/breaches?{query}").text
    for query in ("person=-", "unit=south", "month=2026-04", "reviewed=yes", "policy=x"):
        assert "没有符合条件" in root.get(f"/deadlines/breaches?{query}").text


def test_it_is_reviewed_with_a_remark(engine, root, late):
    assert root.post(f"/deadlines/breaches/{late}", {"remark": " "}).status == 422

    page = root.send(f"/deadlines/breaches/{late}", {"remark": "人手不足"})

    assert "人手不足" in page.text
    assert rows(engine, Breach)[0].reviewed_by == "root"
    assert root.post(f"/deadlines/breaches/{late}", {"remark": "又"}).status == 409


def test_others_do_not_review_it(browser, late):
    assert (
        browser("zhao").post(f"/deadlines/breaches/{late}", {"remark": "x"}).status == 403
    )


def test_it_goes_into_files(root, late):
    csv = root.get("/deadlines/breaches/file.csv")
    excel = root.get("/deadlines/breaches/file.xlsx?person=lin")

    assert "调查投诉" in csv.text
    assert csv.status == excel.status == 200
    assert root.get("/deadlines/breaches/file.pdf").status == 404
