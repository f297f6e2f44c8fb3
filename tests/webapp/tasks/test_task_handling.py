"""Giving a task back, handing it on, putting it off, and keeping it half-filled."""

from datetime import UTC, datetime

import pytest

from engine.commands.people.units import GrantRole
from engine.commands.tasks.lifecycle import ClaimTask
from engine.model import SYSTEM
from engine.store.models import Draft, Task
from tests.engine.commands.knowing import rows
from tests.people import actor


@pytest.fixture
def mine(engine, investigate):
    engine.run(ClaimTask(investigate), by=actor(engine, "lin"))
    return f"/tasks/{investigate}"


def test_a_task_is_given_back_to_the_group(engine, lin, mine):
    page = lin.send(mine + "/unclaim")

    assert "已取消认领" in page.said()
    assert rows(engine, Task)[0].assignee is None


def test_nobody_gives_back_the_task_of_another(browser, mine):
    assert browser("zhao").post(mine + "/unclaim").status == 403


def test_a_task_is_handed_on_to_somebody_who_may_do_it(engine, lin, mine):
    engine.run(GrantRole(actor(engine, "wu").person_id, "clerk"), by=SYSTEM)

    lin.send(mine + "/assign", {"login": " WU "})

    assert rows(engine, Task)[0].assignee == "wu"


def test_a_task_is_not_handed_to_just_anybody(lin, mine):
    assert lin.post(mine + "/assign", {"login": "wu"}).status == 403
    assert lin.post(mine + "/assign", {"login": "nobody"}).status == 404


def test_a_task_is_put_off_until_a_moment_of_the_house(engine, lin, mine):
    page = lin.send(mine + "/follow-up", {"moment": "2026-03-04T09:30"})

    assert "暂缓至" in page.text
    assert rows(engine, Task)[0].follow_up == datetime(2026, 3, 4, 1, 30, tzinfo=UTC)


def test_putting_off_is_taken_back(engine, lin, mine):
    lin.send(mine + "/follow-up", {"moment": "2026-03-04T09:30"})
    lin.send(mine + "/follow-up", {"moment": ""})

    assert rows(engine, Task)[0].follow_up is None


def test_a_moment_that_is_none_is_refused(lin, mine):
    assert lin.post(mine + "/follow-up", {"moment": "soon"}).status == 422


def test_scripts_keep_a_draft_while_people_type(engine, lin, mine):
    page = lin.post(mine + "/draft", {"findings": "半句"}, headers={"X-Script": "1"})

    assert "草稿保存于" in page.source
    assert rows(engine, Draft)[0].fields == {"findings": "半句"}


def test_nobody_keeps_a_draft_for_a_task_of_others(browser, mine):
    assert browser("zhao").post(mine + "/draft", {"findings": "半句"}).status == 403
