import pytest

from engine.commands.cases.lifecycle import AddComment, CancelCase
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.tasks.lifecycle import CompleteTask
from tests.engine.commands.conftest import work
from tests.people import actor


@pytest.fixture
def page_of(case_id):
    return f"/cases/{case_id}"


def test_it_shows_what_was_registered(lin, page_of):
    page = lin.get(page_of)

    assert "演示·客户：水泵漏水" in page.texts("//h1")[0]
    assert "13900000000" in page.text
    assert "北区营业所" in page.text


def test_it_shows_what_the_case_waits_for(lin, page_of):
    page = lin.get(page_of)

    waiting = page.texts("//section[@class='listing']//td")
    assert "调查投诉" in waiting
    assert "文员" in " ".join(waiting)


def test_it_draws_the_way_that_was_taken(lin, page_of, approve):
    page = lin.get(page_of)

    done = page.texts("//svg//*[contains(@class, 'is-done')]/@data-element")
    present = page.texts("//svg//*[contains(@class, 'is-present')]/@data-element")
    assert {"registered", "investigate"} <= set(done)
    assert present == ["approve"]
    assert page.texts("//svg//*[contains(@class, 'taken')]")


def test_the_drawing_says_who_and_when(lin, page_of, approve):
    titles = lin.get(page_of).texts("//*[@data-element='investigate']/*[name()='title']")

    assert "林文员" in titles[0]
    assert "2026年3月2日" in titles[0]


def test_it_shows_the_rule_that_hit(lin, page_of, approve):
    page = lin.get(page_of)

    assert page.texts("//li[@class='decision']//summary")[0].startswith("规则 ")
    assert "remedy.dmn" in page.text


def test_it_shows_what_was_entered_at_each_step(lin, page_of, approve):
    steps = lin.get(page_of).texts("//li[@class='task']")

    assert len(steps) == 1
    assert "林文员 提交了「调查投诉」" in steps[0]
    assert "密封圈破损" in steps[0]


def test_a_case_that_waits_for_a_message_says_so(engine, lin, page_of, approve):
    engine.run(CompleteTask(approve, {"agreed": True}), by=actor(engine, "zhao"))

    page = lin.get(page_of)

    assert "等待时间或消息" in page.said()
    assert page.texts("//*[contains(@class, 'is-waiting')]/@data-element") == [
        "wait-for-goods"
    ]


def test_a_closed_case_tells_its_whole_story(engine, lin, page_of, approve):
    engine.run(CompleteTask(approve, {"agreed": True}), by=actor(engine, "zhao"))
    engine.run(
        CorrelateMessage("goods-arrived", "JY-2603-0001", "m1", {}),
        by=actor(engine, "root"),
    )
    work(engine)

    page = lin.get(page_of)

    kinds = page.texts("//ol[@class='timeline']/li/@class")
    assert kinds[0] == "start"
    assert kinds[-1] == "end"
    assert {"task", "decision", "machine", "letter"} <= set(kinds)
    assert "已办结" in page.text


def test_a_cancelled_case_says_why(engine, lin, page_of, case_id):
    engine.run(CancelCase(case_id, "重复登记"), by=actor(engine, "root"))

    assert "重复登记" in lin.get(page_of).said()


def test_remarks_stand_in_the_timeline(engine, lin, page_of, case_id):
    engine.run(AddComment(case_id, "<b>请尽快</b>"), by=actor(engine, "lin"))

    page = lin.get(page_of)

    assert page.texts("//li[@class='comment']//p[@class='remark']") == ["<b>请尽快</b>"]


def test_the_print_view_unfolds_everything(lin, page_of, approve):
    page = lin.get(page_of + "/print")

    assert page.texts("//details[not(@open)][ancestor::section]") == []
    assert "密封圈破损" in page.text


def test_it_is_not_for_those_without_a_part(browser, page_of):
    for login in ("wu", "qian"):
        assert browser(login).get(page_of).status == 403
        assert browser(login).get(page_of + "/print").status == 403
