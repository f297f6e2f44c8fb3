from engine.commands.people.units import GrantRole
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask, UnclaimTask
from engine.model import SYSTEM
from tests.engine.commands.conftest import FOUND
from tests.people import actor


def claimed(engine, task_id, login="lin"):
    engine.run(ClaimTask(task_id), by=actor(engine, login))
    return f"/tasks/{task_id}"


def test_it_offers_what_nobody_took(lin, investigate):
    page = lin.get(f"/tasks/{investigate}")

    assert page.texts("//main//form//button")[0] == "认领并开始办理"
    assert page.texts("//form[@id='work']") == []


def test_it_shows_the_form_of_ones_own_task(engine, lin, investigate):
    page = lin.get(claimed(engine, investigate))

    assert page.texts("//form[@id='work']//textarea[@name='findings']") == [""]
    assert "提交「调查投诉」" in page.texts("//form[@id='work']//button")


def test_it_shows_the_case_beside_it(lin, investigate):
    page = lin.get(f"/tasks/{investigate}")

    assert "MC-" in " ".join(page.texts("//*[@class='clause']"))
    assert page.texts("//aside//svg//*[contains(@class, 'is-present')]/@data-element") == [
        "investigate"
    ]
    assert "13900000000" in " ".join(page.texts("//aside"))
    assert "登记客诉" in page.text or "登记投诉" in page.text


def test_it_says_who_is_at_it(engine, browser, approve):
    engine.run(GrantRole(actor(engine, "qian").person_id, "head", "north"), by=SYSTEM)
    claimed(engine, approve, "zhao")

    page = browser("qian").get(f"/tasks/{approve}")

    assert "赵主管 正在办理" in page.said()
    assert page.texts("//form[@id='work']") == []


def test_it_says_who_completed_it_and_shows_what_was_entered(engine, lin, investigate):
    engine.run(CompleteTask(investigate, FOUND), by=actor(engine, "lin"))

    page = lin.get(f"/tasks/{investigate}")

    assert "林文员 已提交此步骤" in page.said()
    assert "密封圈破损" in page.text


def test_it_is_not_for_those_without_a_part(browser, investigate):
    for login in ("wu", "qian"):
        assert browser(login).get(f"/tasks/{investigate}").status == 403


def test_it_is_not_found_when_there_is_none(lin):
    assert lin.get("/tasks/99").status == 404


def test_the_draft_is_back_after_the_task_was_given_back(engine, lin, investigate):
    path = claimed(engine, investigate)
    lin.send(path + "/complete", {"findings": "查了一半", "_draft": "1"})
    engine.run(UnclaimTask(investigate), by=actor(engine, "lin"))

    page = lin.get(claimed(engine, investigate))

    assert page.texts("//textarea[@name='findings']") == ["查了一半"]


def test_it_shows_the_guides_of_the_step(lin, investigate):
    page = lin.get(f"/tasks/{investigate}")

    assert page.texts("//*[contains(@class, 'guides')]//summary") == ["先听后记"]
    assert page.texts("//*[contains(@class, 'guides')]//strong") == ["听完"]
