from engine.commands.cases.lifecycle import CancelCase
from engine.commands.people.units import GrantRole
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.model import SYSTEM
from engine.store.models import Draft, Submission, Task
from tests.engine.commands.conftest import FOUND
from tests.engine.commands.knowing import rows
from tests.people import actor

TYPED = {"fault": "quality", "findings": "密封圈破损"}


def test_it_says_what_comes_next_and_for_whom(lin, investigate):
    page = lin.send(f"/tasks/{investigate}/complete", TYPED)

    assert page.texts("//h1") == ["待办"]
    assert "下一步：审批换货（主管）" in page.said()


def test_it_keeps_what_was_entered(engine, lin, investigate):
    lin.send(f"/tasks/{investigate}/complete", TYPED | {"withinWarranty": "on"})

    values = rows(engine, Submission)[-1].values
    assert values == {"fault": "quality", "withinWarranty": True, "findings": "密封圈破损"}


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(engine, lin, investigate):
    engine.run(ClaimTask(investigate), by=actor(engine, "lin"))

    page = lin.post(f"/tasks/{investigate}/complete", {"findings": "密封圈破损"})

    assert page.status == 422
    assert "请选择一项" in " ".join(page.texts("//*[@class='wrong-here']"))
    assert page.texts("//textarea[@name='findings']") == ["密封圈破损"]
    assert rows(engine, Draft)[0].fields["findings"] == "密封圈破损"
    assert rows(engine, Task)[0].state == "open"


def test_the_same_form_sent_twice_completes_once(engine, lin, investigate):
    once = TYPED | {"_command": "c" * 32}

    first = lin.send(f"/tasks/{investigate}/complete", once)
    second = lin.send(f"/tasks/{investigate}/complete", once)

    assert "下一步" in first.said()
    assert "下一步" in second.said()
    assert len(rows(engine, Submission)) == 2  # The registration and this.


def test_whoever_is_second_hears_who_was_first_and_keeps_the_text(engine, browser, approve):
    engine.run(GrantRole(actor(engine, "qian").person_id, "head", "north"), by=SYSTEM)
    engine.run(CompleteTask(approve, {"agreed": True}), by=actor(engine, "zhao"))

    page = browser("qian").post(f"/tasks/{approve}/complete", {"agreed": "on"})

    assert page.status == 409
    assert "赵主管 已先提交此步骤" in page.said()
    assert page.texts("//textarea[@name='agreed']") == ["on"]


def test_it_says_that_somebody_else_took_it(engine, browser, approve):
    engine.run(GrantRole(actor(engine, "qian").person_id, "head", "north"), by=SYSTEM)
    engine.run(ClaimTask(approve), by=actor(engine, "zhao"))

    page = browser("qian").post(f"/tasks/{approve}/complete", {"agreed": "on"})

    assert page.status == 409
    assert "赵主管 正在办理" in page.said()


def test_it_is_too_late_when_the_case_was_cancelled(engine, lin, case_id, investigate):
    engine.run(CancelCase(case_id, "重复登记"), by=actor(engine, "root"))

    page = lin.post(f"/tasks/{investigate}/complete", TYPED)

    assert page.status == 409
    assert page.texts("//textarea[@name='findings']") == ["密封圈破损"]


def test_a_draft_completes_nothing(engine, lin, investigate):
    page = lin.send(f"/tasks/{investigate}/complete", TYPED | {"_draft": "1"})

    assert "草稿" in page.said()
    assert rows(engine, Task)[0].state == "open"


def test_changing_the_form_sends_nothing(engine, lin, investigate):
    engine.run(ClaimTask(investigate), by=actor(engine, "lin"))

    page = lin.post(f"/tasks/{investigate}/complete", TYPED | {"_refresh": "1"})

    assert page.status == 200
    assert page.texts("//textarea[@name='findings']") == ["密封圈破损"]
    assert rows(engine, Task)[0].state == "open"


def test_it_is_refused_to_those_it_is_not_offered_to(browser, investigate):
    assert browser("zhao").post(f"/tasks/{investigate}/complete", TYPED).status == 403


def test_it_only_allows_post(lin, investigate):
    assert lin.get(f"/tasks/{investigate}/complete").status == 405


def test_a_case_that_goes_on_by_itself_says_so(engine, browser, approve):
    engine.run(ClaimTask(approve), by=actor(engine, "zhao"))

    page = browser("zhao").send(f"/tasks/{approve}/complete", {"agreed": "on"})

    assert "暂时没有新的待办" in page.said()


def test_values_reach_the_engine_typed(engine, lin, investigate):
    lin.send(f"/tasks/{investigate}/complete", TYPED)

    assert rows(engine, Submission)[-1].values["withinWarranty"] is False
    assert FOUND["withinWarranty"] is False


def test_an_edit_that_comes_after_the_completion_says_nothing_again(lin, investigate):
    once = TYPED | {"_command": "c" * 32}
    lin.send(f"/tasks/{investigate}/complete", once)

    late = lin.post(f"/tasks/{investigate}/complete", once | {"_refresh": "1"})

    assert late.status == 409
    assert late.texts("//textarea[@name='findings']") == ["密封圈破损"]
    assert lin.get("/").said() == ""
