from engine.commands.people.units import GrantRole
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.model import SYSTEM
from engine.store.models import Task
from tests.engine.commands.conftest import FOUND
from tests.engine.commands.knowing import rows
from tests.people import actor


def test_it_works(engine, lin, investigate):
    page = lin.send(f"/tasks/{investigate}/claim")

    assert page.texts("//form[@id='work']")
    assert rows(engine, Task)[0].assignee == "lin"


def test_it_is_refused_to_those_it_is_not_offered_to(browser, investigate):
    assert browser("zhao").post(f"/tasks/{investigate}/claim").status == 403


def test_it_says_who_was_faster(engine, browser, approve):
    engine.run(GrantRole(actor(engine, "qian").person_id, "head", "north"), by=SYSTEM)
    engine.run(ClaimTask(approve), by=actor(engine, "zhao"))

    page = browser("qian").post(f"/tasks/{approve}/claim")

    assert page.status == 409
    assert "赵主管" in page.text


def test_it_is_too_late_for_a_completed_task(engine, lin, investigate):
    engine.run(CompleteTask(investigate, FOUND), by=actor(engine, "lin"))

    assert lin.post(f"/tasks/{investigate}/claim").status == 409


def test_it_only_allows_post(lin, investigate):
    assert lin.get(f"/tasks/{investigate}/claim").status == 405
