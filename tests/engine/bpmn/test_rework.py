"""A case costs the same in its three-hundredth round as in its first."""

from SpiffWorkflow.task import Task

from tests.engine.bpmn.models import (
    boundary,
    duration,
    end,
    flow,
    flows,
    fork,
    start,
    sub,
    user,
    xor,
)
from tests.engine.bpmn.stage import Stage, play

ROUNDS = 300


def reworked() -> Stage:
    """A parallel section inside a loop, with a reminder and a sub-process."""
    return play(
        start(),
        xor("again"),
        fork("split"),
        user("test"),
        boundary("late", "test", duration("P1D"), interrupting=False),
        sub("part", start("s"), user("write"), end("e"), flows("s", "write", "e")),
        fork("join"),
        user("judge"),
        xor("good", default="good-end"),
        end("over"),
        end(),
        flows("start", "again", "split", "test", "join", "judge", "good", "end"),
        flows("split", "part", "join"),
        flow("good", "again", "= rework"),
        flows("late", "over"),
    )


def test_rework_leaves_no_trace_in_the_state(monkeypatch) -> None:
    stage = reworked()
    runs: list[int] = [0]
    run = Task.run

    def counted(task: Task) -> object:
        runs[0] += 1
        return run(task)

    monkeypatch.setattr(Task, "run", counted)
    seen = set()
    for number in range(ROUNDS):
        runs[0] = 0
        order = ("test", "write") if number % 2 else ("write", "test")
        for element in order:
            stage.complete(element)
        live = len(stage.execution.places)
        stage.complete("judge", rework=True)
        size = len(stage.saved.state) + len(stage.saved.variables)
        seen.add((live, len(stage.execution.places), runs[0], size // 40))

    assert len(seen) <= 2  # The numbers of tokens grow by a digit or two.
    assert size < 1200


def test_a_finished_case_has_no_tokens() -> None:
    stage = reworked()

    stage.complete("test").complete("write").complete("judge", rework=False)

    assert stage.ended
    assert not stage.execution.places
    assert len(stage.saved.state) < 120
