from engine.commands.tasks.lifecycle import ClaimTask
from engine.store.models import Task
from tests.engine.commands.knowing import rows
from tests.people import actor


def test_it_claims_all_that_are_ticked(engine, lin, investigate):
    page = lin.send("/claim", {"task": [investigate]})

    assert "已认领 1 项" in page.said()
    assert rows(engine, Task)[0].assignee == "lin"


def test_it_asks_for_a_tick(lin, investigate):
    page = lin.send("/claim", {"back": "/?show=groups"})

    assert "勾选" in page.said()


def test_it_refuses_what_somebody_took(engine, browser, investigate, approve):
    engine.run(ClaimTask(approve), by=actor(engine, "zhao"))

    assert browser("qian").post("/claim", {"task": [approve]}).status == 403


def test_it_refuses_what_does_not_exist(lin):
    assert lin.post("/claim", {"task": ["99"]}).status == 404


def test_it_only_allows_post(lin):
    assert lin.get("/claim").status == 405
