"""What SpiffWorkflow gets wrong about values, times and attacks, and how it is here.

One test for each entry of research/engine.md, sections 1, 4, 8.4 and 8.5. What FEEL and
the texts of timers mean by themselves is in tests/engine/feel and test_timers.
"""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine.bpmn import ModelErrors
from engine.model import Json
from tests.engine.bpmn.models import (
    boundary,
    catch,
    cycle,
    date,
    duration,
    end,
    flow,
    flows,
    fork,
    mapping,
    message,
    of_message,
    script,
    start,
    sub,
    times,
    user,
    xor,
)
from tests.engine.bpmn.stage import MONDAY, Stage, play


def two_branches(*, a: str = "", b: str = "", **variables: Json) -> Stage:
    """Play two tasks side by side, each followed by a script, and a join."""
    return play(
        start(),
        fork("split"),
        user("a"),
        script("then-a", a or "= x", "x"),
        user("b"),
        script("then-b", b or "= x", "x"),
        fork("join"),
        user("after"),
        end(),
        flows("start", "split", "a", "then-a", "join", "after", "end"),
        flows("split", "b", "then-b", "join"),
        **variables,
    )


@pytest.mark.parametrize(("first", "second"), [("a", "b"), ("b", "a")])
def test_what_one_branch_wrote_is_not_undone_by_another(first: str, second: str) -> None:
    stage = two_branches(x=0, untouched="old")

    stage.complete(first, x="changed").complete(second)

    assert stage.variables["x"] == "changed"


@pytest.mark.parametrize(("first", "second"), [("a", "b"), ("b", "a")])
def test_lists_are_not_merged_position_by_position(first: str, second: str) -> None:
    stage = two_branches(a='= append(x, "a")', b='= append(x, "b")', x=[1, 2, 3])

    stage.complete(first).complete(second)

    assert stage.variables["x"] == [1, 2, 3, first, second]


def test_a_value_that_one_branch_emptied_stays_empty() -> None:
    stage = two_branches(x={"kept": 1}).complete("a", x=None).complete("b")

    assert stage.variables["x"] is None


def test_branches_share_no_parts_of_values() -> None:
    stage = play(
        start(),
        fork("split"),
        user("a", mapping(inputs={"mine": "= shared"})),
        user("b", mapping(inputs={"mine": "= shared"}, outputs={"seen": "= mine"})),
        fork("join"),
        end(),
        flows("start", "split", "a", "join", "end"),
        flows("split", "b", "join"),
        shared={"list": [1], "deep": {"n": 1}},
    )

    stage.complete("a", mine={"list": [1, 2], "deep": {"n": 2}}).complete("b")

    assert stage.variables["seen"] == {"list": [1], "deep": {"n": 1}}
    assert stage.variables["shared"] == {"list": [1], "deep": {"n": 1}}


def test_values_of_earlier_rounds_do_not_come_back() -> None:
    stage = play(
        start(),
        xor("again"),
        fork("split"),
        user("a"),
        user("b"),
        fork("join"),
        xor("right", default="right-end"),
        end(),
        flows("start", "again", "split", "a", "join", "right", "end"),
        flows("split", "b", "join"),
        flow("right", "again", "= more"),
    )
    stage.complete("a", found="first", more=True).complete("b", note="n1")

    stage.complete("b", found=None).complete("a", more=False)

    assert stage.ended
    assert stage.variables == {"found": None, "note": "n1", "more": False}


def test_a_sub_process_gives_back_what_was_written_last_and_not_its_last_element() -> None:
    stage = play(
        start(),
        sub(
            "part",
            start("s"),
            fork("split"),
            user("a"),
            user("b"),
            end("e1"),
            end("e2"),
            flows("s", "split", "a", "e1"),
            flows("split", "b", "e2"),
        ),
        user("after"),
        end(),
        flows("start", "part", "after", "end"),
        x=0,
    )

    stage.complete("a", x=1).complete("b", y=2)

    assert stage.variables == {"x": 1, "y": 2}


@pytest.mark.parametrize(
    "values",
    [
        {"typename": "x"},
        {"typename": "UUID", "value": "x"},
        {"__builtins__": {}, "data_objects": [], "execution": 1},
        {"count": 1, "now": "never", "string length": 5},
        {"flows": 1, "p": "w", "x": {"kind": "a"}},
        {"amount": Decimal("0.30"), "big": 12345678901234567890, "tiny": Decimal("1E-7")},
        {"date": "2026-02-29", "text": '"\\\u2028\u0000退回', "nothing": None, "": "empty"},
        {"deep": [[[{"a": [{}]}]]], "list": [], "object": {}},
    ],
)
def test_whatever_people_enter_is_kept_as_it_is(values: dict[str, Json]) -> None:
    stage = play(
        start(), user("a"), user("b"), end(), flows("start", "a", "b", "end"), **values
    )

    stage.complete("a", **values)

    assert stage.variables == values
    assert stage.complete("b").ended


def test_a_number_of_times_collects_whatever_was_there_before() -> None:
    marks = times(
        "= 2", outputCollection="answers", outputElement="= answer", sequential=True
    )
    stage = play(
        start(), user("x", marks), end(), flows("start", "x", "end"), answers=[7, 8, 9]
    )

    stage.complete("x", answer=1).complete("x", answer=2)

    assert (stage.ended, stage.variables["answers"]) == (True, [1, 2])


def test_a_message_is_for_one_of_those_who_wait() -> None:
    stage = play(
        start(),
        fork("split"),
        catch("one", of_message("goods")),
        catch("two", of_message("goods")),
        end("first"),
        end("second"),
        flows("start", "split", "one", "first"),
        flows("split", "two", "second"),
        message("goods"),
        number="1",
    )

    assert stage.deliver("one").places == ["two"]
    assert stage.deliver("two").ended


def at(moment: str, definition: str, **variables: Json) -> Stage:
    """Wait for a timer that is reached at *moment*."""
    stage = play(
        start(),
        user("x"),
        catch("wait", definition),
        end(),
        flows("start", "x", "wait", "end"),
        **variables,
    )
    stage.now = datetime.fromisoformat(moment)
    return stage.complete("x")


@pytest.mark.parametrize(
    ("moment", "definition", "expected"),
    [
        ("2026-01-31T09:30:00+08:00", duration("PT1H"), "2026-01-31T10:30:00+08:00"),
        ("2026-01-31T09:30:00+08:00", duration("P1M"), "2026-02-28T09:30:00+08:00"),
        ("2028-01-31T09:30:00+08:00", duration("P1M"), "2028-02-29T09:30:00+08:00"),
        ("2026-03-31T09:30:00+08:00", duration("P1M"), "2026-04-30T09:30:00+08:00"),
        ("2026-11-30T09:30:00+08:00", duration("P3M"), "2027-02-28T09:30:00+08:00"),
        ("2028-02-29T09:30:00+08:00", duration("P1Y"), "2029-02-28T09:30:00+08:00"),
        ("2026-01-31T09:30:00Z", duration("P1D"), "2026-02-01T17:30:00+08:00"),
        ("2026-01-31T09:30:00Z", date("2026-03-02T09:00"), "2026-03-02T09:00:00+08:00"),
        ("2026-01-31T09:30:00Z", date("2026-03-02"), "2026-03-02T00:00:00+08:00"),
        ("2026-01-31T09:30:00Z", date("2026-03-02T09:00Z"), "2026-03-02T17:00:00+08:00"),
        (
            "2026-01-31T09:30:00+08:00",
            duration('= duration("PT1H")'),
            "2026-01-31T10:30:00+08:00",
        ),
        (
            "2026-01-31T09:30:00+08:00",
            date('= now() + duration("P1D")'),
            "2026-02-01T09:30:00+08:00",
        ),
        ("2026-01-31T09:30:00+08:00", date("= date(day)"), "2026-03-05T00:00:00+08:00"),
        ("2026-01-31T09:30:00+08:00", date("= day"), "2026-03-05T00:00:00+08:00"),
    ],
)
def test_a_timer_is_due_when_its_text_says(
    moment: str, definition: str, expected: str
) -> None:
    stage = at(moment, definition, day="2026-03-05")

    assert stage.timer("wait").due == datetime.fromisoformat(expected)


def test_a_time_that_has_passed_is_due_at_once() -> None:
    stage = at("2026-05-01T09:00:00+08:00", date("2026-03-02"))

    assert stage.timer("wait").due < stage.now
    assert stage.fire("wait").ended


def reminded(text: str) -> Stage:
    return play(
        start(),
        user("x"),
        boundary("late", "x", cycle(text), interrupting=False),
        end(),
        end("told"),
        flows("start", "x", "end"),
        flows("late", "told"),
    )


def test_after_an_outage_a_cycle_comes_as_often_as_it_says_and_no_more() -> None:
    stage = reminded("R3/PT1H").wait(days=2)
    dues = []

    while "late" in stage.places:
        dues.append(stage.timer("late").due)
        execution, token = stage.execution, stage.token("late")
        stage._keep(execution, execution.fire(token, stage.around))

    assert [(due - MONDAY).total_seconds() / 3600 for due in dues] == [1, 2, 3]
    assert stage.places == ["x"]


def test_a_monthly_cycle_comes_back_to_its_day() -> None:
    stage = reminded("R6/2026-01-31T09:00:00+08:00/P1M")
    days = []

    while "late" in stage.places:
        days.append(stage.timer("late").due.date().isoformat())
        stage.fire("late")

    assert days == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
        "2026-06-30",
    ]


def test_cron_is_a_cycle_too() -> None:
    stage = reminded("0 0 9 * * MON-FRI")

    stage.fire("late")

    assert stage.timer("late").due.isoformat() == "2026-03-04T09:00:00+08:00"


def test_a_timer_keeps_its_time_through_save_and_load() -> None:
    stage = reminded("R/PT1H").fire("late")

    assert stage.execution.save() == stage.saved
    stage.now = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
    stage.correct(other=1)
    assert stage.timer("late").due == datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


def test_each_round_of_rework_has_a_time_of_its_own() -> None:
    stage = play(
        start(),
        xor("again"),
        user("x"),
        boundary("late", "x", duration("PT1H")),
        xor("right", default="right-end"),
        end(),
        flows("start", "again", "x", "right", "end"),
        flows("late", "again"),
        flow("right", "again", "= more"),
    )

    stage.wait(minutes=30).complete("x", more=True)
    assert stage.timer("late").due == datetime(2026, 3, 2, 2, 30, tzinfo=UTC)

    stage.fire("late")
    assert stage.timer("late").due == datetime(2026, 3, 2, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "attack",
    [
        '= __import__("os").system("id")',
        "= ().__class__.__base__.__subclasses__()",
        "= lambda: 0",
        "= exec(x)",
        "= for i in 1..1000000000 return i",
    ],
)
@pytest.mark.parametrize("place", ["condition", "script", "timer"])
def test_no_text_of_a_diagram_runs_as_a_program(attack: str, place: str) -> None:
    parts = {
        "condition": (xor("x", default="x-end"), flow("x", "y", attack)),
        "script": (script("x", attack, "y0"), flow("x", "y")),
        "timer": (catch("x", date(attack)), flow("x", "y")),
    }[place]
    model = (start(), *parts, user("y"), end(), flow("start", "x"), flow("y", "end"))
    if place == "condition":
        model = (*model, flow("x", "end"))

    assert "x" in stopped_at(*model)


def stopped_at(*model: str) -> set[str | None]:
    """Return where a model is refused, or stops when it is played."""
    try:
        return set(play(*model, x="1").incidents)
    except ModelErrors as refusal:
        return {(problem.element or "").removesuffix("-y") for problem in refusal.problems}


def test_expressions_of_other_languages_are_refused() -> None:
    with pytest.raises(ModelErrors) as raised:
        play(
            start(),
            xor("x", default="x-end"),
            end(),
            end("other"),
            flows("start", "x", "end"),
            flow("x", "other", "${amount.class.forName('x') != null}"),
        )

    assert {problem.element for problem in raised.value.problems} == {"x-other"}
