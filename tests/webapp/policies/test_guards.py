"""What no scenario guards: begin a run, watch it, read what it found."""

import pytest

from engine.commands.policies.mutations import BeginMutations, NoteMutations
from engine.model import SYSTEM, DeploymentId, Sentence
from engine.store.models.columns import sentence_json
from tests.people import actor

PAGE = "/policies/minimal/guards/"
FOUND = {
    "kind": "deadline",
    "file": "complaint.bpmn",
    "element": "investigate",
    "what": sentence_json(
        Sentence("{name}: {before} → {after}", {"name": "warn", "before": 2, "after": 3})
    ),
}


@pytest.fixture
def run_id(engine, deployed):
    return engine.run(BeginMutations(DeploymentId(1)), by=actor(engine, "root"))


def note(engine, run_id, **said):
    known = {"total": 10, "done": 4, "refused": 1, "unguarded": (FOUND,)}
    engine.run(NoteMutations(run_id, **{**known, **said}), by=SYSTEM)


def test_a_version_that_nobody_tried_says_so(root, deployed):
    page = root.get(PAGE)

    assert "这个版本还没有试过" in page.text
    assert "3 个例案" in page.text


def test_it_is_for_who_deploys(browser, deployed):
    assert browser("lin").get(PAGE).status == 403
    assert browser("lin").send(PAGE).status == 403


def test_a_run_shows_how_far_it_is_and_what_it_found(engine, root, run_id):
    note(engine, run_id)

    page = root.get(PAGE)

    assert "已试 4 处，共 10 处" in page.text
    assert "3 处改动中有 1 处无人察觉（33.3 %）" in page.text
    assert "调查投诉" in page.text
    assert "warn：2 改为 3" in page.text
    assert page.texts("//button[contains(., '逐处试改')]") == []


def test_a_run_that_is_over_can_be_begun_again(engine, root, run_id):
    note(engine, run_id, done=10, unguarded=(), ended=True)

    page = root.get(PAGE)

    assert "每处改动都有例案察觉" in page.text
    assert page.texts("//button[contains(., '逐处试改')]") != []


def test_a_run_that_went_wrong_says_why(engine, root, run_id):
    trouble = Sentence("Expected a file {name}, but there is none.", {"name": "x"})
    note(engine, run_id, ended=True, trouble=trouble)

    assert "试改提前结束" in root.get(PAGE).text


def test_a_silent_run_is_taken_for_dead(engine, clock, root, run_id):
    note(engine, run_id)
    clock.move(minutes=6)

    assert "就中断了" in root.get(PAGE).text
    engine.run(BeginMutations(DeploymentId(1)), by=actor(engine, "root"))


def test_two_runs_at_once_are_refused(engine, root, run_id):
    with pytest.raises(Exception, match="Expected no run over this version"):
        engine.run(BeginMutations(DeploymentId(1)), by=actor(engine, "root"))


def test_a_database_in_memory_is_refused(root, deployed):
    assert root.send(PAGE).status == 409


def test_what_is_not_there_is_not_found(root, deployed):
    assert root.get("/policies/none/guards/").status == 404
    assert root.get(f"{PAGE}?version=7").status == 404
