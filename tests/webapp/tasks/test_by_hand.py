"""Returning, taking back, handing on, asking, copying and urging on the pages."""

import pytest

from engine.commands.people.units import GrantRole
from engine.model import SYSTEM
from engine.store.models import Opinion, Task
from tests.engine.commands.conftest import FOUND, waiting
from tests.engine.commands.knowing import rows
from tests.people import actor


@pytest.fixture
def approve(engine, lin, investigate):
    lin.send(f"/tasks/{investigate}/claim")
    lin.send(f"/tasks/{investigate}/complete", FOUND | {"withinWarranty": ""})
    return waiting(engine, "approve")


def test_a_task_goes_back_with_a_reason(engine, browser, investigate, approve):
    zhao = browser("zhao")
    assert "退回…" in zhao.get(f"/tasks/{approve}").text

    page = zhao.send(f"/tasks/{approve}/return", {"to": "investigate", "reason": "缺照片"})

    assert "已退回" in page.said()
    again = waiting(engine, "investigate")
    assert rows(engine, Task, Task.id == again)[0].assignee == "lin"
    assert "本步骤已退回" in zhao.get(f"/tasks/{approve}").text
    shown = browser("lin").get(f"/tasks/{again}")
    assert "密封圈破损" in shown.text
    assert "从“审批换货”退回，请重新办理：缺照片" in shown.text
    browser("lin").send(f"/tasks/{again}/complete", FOUND | {"withinWarranty": ""})
    assert "请重新办理" not in browser("lin").get(f"/tasks/{again}").text


def test_without_a_reason_it_stays(browser, approve):
    page = browser("zhao").post(f"/tasks/{approve}/return", {"to": "investigate"})

    assert page.status == 422


def test_a_completion_is_taken_back_from_the_case(
    engine, lin, case_id, investigate, approve
):
    assert "没有人着手" in lin.get(f"/cases/{case_id}").text
    assert "撤回“调查投诉”" in lin.get(f"/tasks/{investigate}").text

    page = lin.send(f"/tasks/{investigate}/withdraw", {"reason": "填错了"})

    assert "已撤回" in page.said()
    assert "密封圈破损" in page.text
    assert waiting(engine, "investigate") == investigate


def test_nothing_is_offered_to_take_back_once_somebody_began(
    browser, lin, case_id, investigate, approve
):
    browser("zhao").send(f"/tasks/{approve}/claim")

    assert "撤回“" not in lin.get(f"/tasks/{investigate}").text
    assert "没有人着手" not in lin.get(f"/cases/{case_id}").text
    assert lin.post(f"/tasks/{investigate}/withdraw").status == 409


def test_a_task_is_handed_on_by_choosing(engine, browser, lin, investigate):
    engine.run(GrantRole(actor(engine, "wu").person_id, "clerk"), by=SYSTEM)
    assert "吴旁人（wu）" in lin.get(f"/tasks/{investigate}").text

    page = lin.send(f"/tasks/{investigate}/hand-on", {"login": "wu", "reason": "外出"})

    assert "wu" in page.said()
    assert "外出" in browser("wu").get("/notices/").text


def test_an_opinion_is_asked_and_given(engine, browser, approve):
    zhao, wu = browser("zhao"), browser("wu")
    asked = {"login": "吴旁人", "question": "能否换货？", "holds": "1"}
    zhao.send(f"/tasks/{approve}/ask", asked)
    [opinion] = rows(engine, Opinion)
    assert "待我答复的加签" in wu.get("/").text
    assert "您的意见" in wu.get(f"/tasks/{approve}").text

    wu.send(f"/tasks/opinions/{opinion.id}/give", {"text": "可以换。"})

    assert "可以换。" in zhao.get(f"/tasks/{approve}").text
    assert "待我答复的加签" not in wu.get("/").text


def test_who_asked_does_without_the_answer(engine, browser, approve):
    zhao = browser("zhao")
    zhao.send(f"/tasks/{approve}/ask", {"login": "wu", "question": "能否换货？"})
    [opinion] = rows(engine, Opinion)

    page = zhao.send(f"/tasks/opinions/{opinion.id}/drop")

    assert "已取消加签" in page.text


def test_a_copy_lets_somebody_read_the_case(browser, case_id, approve):
    assert browser("wu").get(f"/cases/{case_id}").status == 403

    browser("zhao").send(f"/tasks/{approve}/copy", {"login": "wu", "reason": "供参考"})

    assert browser("wu").get(f"/cases/{case_id}").status == 200


def test_whoever_waits_urges(browser, lin, case_id, approve):
    assert "催办" in lin.get(f"/cases/{case_id}").text

    page = lin.send(f"/tasks/{approve}/urge", {"back": f"/cases/{case_id}"})

    assert "已催办 1 人" in page.said()
    assert lin.post(f"/tasks/{approve}/urge").status == 409
    assert "一小时后" in lin.get(f"/tasks/{approve}").text


def test_strangers_do_nothing(browser, approve):
    wu = browser("wu")

    for deed in ("return", "withdraw", "hand-on", "ask", "copy", "urge"):
        sent = {"to": "investigate", "reason": "x", "login": "lin", "question": "x"}
        assert wu.post(f"/tasks/{approve}/{deed}", sent).status in (403, 409)
