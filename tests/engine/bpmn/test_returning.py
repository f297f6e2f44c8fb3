"""A task goes back to an earlier one where the diagram itself could stand so."""

import pytest

from engine.model import InvalidState, NotFound
from engine.policy.soundness.reaching import comes_before, may_stand
from tests.engine.bpmn import models
from tests.engine.bpmn.stage import Stage, play

TWO = (
    models.start(),
    models.user("first"),
    models.user("second"),
    models.end(),
    models.flows("start", "first", "second", "end"),
)
FORKED = (
    models.start(),
    models.user("before"),
    models.fork("fork"),
    models.user("left"),
    models.user("left-two"),
    models.user("right"),
    models.fork("join"),
    models.user("after"),
    models.end(),
    models.flows("start", "before", "fork", "left", "left-two", "join", "after", "end"),
    models.flow("fork", "right"),
    models.flow("right", "join"),
)


def back(stage: Stage, task: str, target: str) -> Stage:
    execution = stage.execution
    advance = execution.send_back(
        stage.token(task),
        target,
        lambda file, scope, places: may_stand(stage.source, scope, places),
        stage.around,
    )
    return stage._keep(execution, advance)


def test_the_earlier_task_waits_anew_and_the_case_goes_on_from_there() -> None:
    stage = play(*TWO).complete("first", found="x")

    back(stage, "second", "first")

    assert stage.places == ["first"]
    assert stage.events("returned") == ["second"]
    assert stage.variables["found"] == "x"
    assert stage.complete("first").complete("second").ended


def test_what_watched_the_task_is_taken_away_and_comes_anew() -> None:
    stage = play(
        models.start(),
        models.user("first"),
        models.user("second"),
        models.boundary("late", "second", models.duration("PT1H")),
        models.end(),
        models.end("too-late"),
        models.flows("start", "first", "second", "end"),
        models.flow("late", "too-late"),
    ).complete("first")
    before = stage.token("late")

    back(stage, "second", "first")

    assert before in stage.last.closed
    assert stage.places == ["first"]
    assert stage.complete("first").places == ["late", "second"]


def test_a_branch_goes_back_within_itself_while_the_other_stands() -> None:
    stage = play(*FORKED).complete("before").complete("left").complete("right")

    back(stage, "left-two", "left")

    assert stage.places == ["left"]
    stage.complete("left").complete("left-two").complete("after")
    assert stage.ended


@pytest.mark.parametrize(
    ("task", "target"), [("left", "before"), ("right", "left"), ("after", "left")]
)
def test_nothing_goes_back_where_the_paths_would_not_meet_again(
    task: str, target: str
) -> None:
    stage = play(*FORKED).complete("before")
    if task == "after":
        stage.complete("left").complete("left-two").complete("right")

    with pytest.raises(InvalidState, match="no longer come together"):
        back(stage, task, target)


def test_after_the_join_it_goes_back_to_before_the_fork() -> None:
    stage = play(*FORKED).complete("before").complete("left")
    stage.complete("left-two").complete("right")

    back(stage, "after", "before")

    assert stage.places == ["before"]


def test_only_a_task_of_the_same_scope_is_a_target() -> None:
    stage = play(*TWO).complete("first")

    with pytest.raises(NotFound, match="none"):
        back(stage, "second", "end")


def test_a_task_that_is_over_does_not_go_back() -> None:
    stage = play(*TWO).complete("first")
    token = stage.token("second")
    execution = stage.complete("second").execution

    with pytest.raises(InvalidState):
        execution.send_back(token, "first", lambda *_: True, stage.around)


def test_what_comes_before_what_is_told() -> None:
    source = play(*FORKED).source

    assert comes_before(source, "p", "before", "left-two")
    assert not comes_before(source, "p", "right", "left-two")
    assert not comes_before(source, "p", "after", "before")
    assert not comes_before(source, "p", "left", "nowhere")
