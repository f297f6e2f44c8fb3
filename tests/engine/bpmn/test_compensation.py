"""Compensation: what was completed is undone, the last first."""

import pytest

from tests.engine.bpmn.models import (
    FOR_UNDOING,
    boundary,
    call,
    duration,
    each,
    end,
    flow,
    flows,
    fork,
    mapping,
    of_compensation,
    process,
    script,
    service,
    start,
    sub,
    throw,
    undo,
    undone_by,
    user,
    xor,
)
from tests.engine.bpmn.stage import Stage, play

pytestmark = pytest.mark.usefixtures("many")


def booking(reference: str | None = None) -> Stage:
    """Book a and b, then undo."""
    return play(
        start(),
        user("a"),
        user("b"),
        undone_by("a", "not-a"),
        undone_by("b", "not-b"),
        undo("not-a"),
        undo("not-b"),
        throw("back", of_compensation(reference)),
        user("after"),
        end(),
        flows("start", "a", "b", "back", "after", "end"),
    )


def test_what_was_completed_is_undone_the_last_first() -> None:
    stage = booking().complete("a").complete("b")
    assert stage.places == ["not-b"]

    assert stage.complete("not-b").places == ["not-a"]
    assert stage.complete("not-a").places == ["after"]
    assert stage.complete("after").ended
    assert stage.events("entered").count("back") == 1


def test_one_activity_is_undone_where_it_is_named() -> None:
    stage = booking("a").complete("a").complete("b")

    assert stage.places == ["not-a"]
    assert stage.complete("not-a").places == ["after"]


def test_what_was_not_completed_is_not_undone() -> None:
    stage = play(
        start(),
        fork("split"),
        user("a"),
        user("b"),
        undone_by("a", "not-a"),
        undone_by("b", "not-b"),
        undo("not-a"),
        undo("not-b"),
        user("decide"),
        throw("back", of_compensation()),
        end(),
        flows("start", "split", "a", "end"),
        flows("split", "b", "end"),
        flows("split", "decide", "back", "end"),
    )
    stage.complete("a").complete("decide")

    assert stage.places == ["b", "not-a"]
    assert stage.complete("b").complete("not-a").ended


def test_nothing_recorded_is_passed() -> None:
    stage = play(
        start(),
        throw("back", of_compensation()),
        user("a"),
        undone_by("a", "not-a"),
        undo("not-a"),
        end(),
        flows("start", "back", "a", "end"),
    )

    assert stage.places == ["a"]


def test_each_completion_is_undone_once() -> None:
    stage = play(
        start(),
        xor("again"),
        user("a"),
        undone_by("a", "not-a"),
        undo("not-a"),
        xor("more", default="more-back"),
        throw("back", of_compensation()),
        throw("twice", of_compensation()),
        end(),
        flows("start", "again", "a", "more", "back", "twice", "end"),
        flow("more", "again", "= more"),
    )
    stage.complete("a", more=True).complete("a", more=True).complete("a", more=False)

    stage.complete("not-a").complete("not-a")
    assert stage.places == ["not-a"]

    assert stage.complete("not-a").ended


def test_an_end_event_undoes_and_is_reached_after_it() -> None:
    stage = play(
        start(),
        user("a"),
        undone_by("a", "not-a"),
        undo("not-a"),
        end("back", of_compensation()),
        flows("start", "a", "back"),
    ).complete("a")
    assert stage.last.end_events == ()

    stage.complete("not-a")

    assert stage.ended
    assert stage.last.end_events == ("back",)


def test_handlers_see_what_the_activity_had_and_what_the_case_has() -> None:
    stage = play(
        start(),
        script("a", "= seat + 1", "taken").replace(
            "<zeebe:script",
            mapping(inputs={"seat": "= wish"}) + "<zeebe:script",
        ),
        undone_by("a", "not-a"),
        undo("not-a", mapping(inputs={"free": "= seat"}, outputs={"freed": "= free"})),
        user("b"),
        throw("back", of_compensation()),
        end(),
        flows("start", "a", "b", "back", "end"),
        wish=7,
    )
    stage.complete("b", wish=8)
    assert stage.task("not-a").local == {"seat": 7, "free": 7}
    assert stage.execution.visible(stage.token("not-a"))["wish"] == 8

    stage.complete("not-a")

    assert stage.ended
    assert stage.variables == {"wish": 8, "taken": 8, "freed": 7}


HANDLERS = {
    "userTask": (undo("h"), "complete", ()),
    "serviceTask": (service("h", "refund"), "finish", ()),
    "scriptTask": (script("h", "= 1", "n"), None, ()),
    "subProcess": (
        sub("h", start("s"), user("in"), end("e"), flows("s", "in", "e"), **FOR_UNDOING),
        "complete",
        (),
    ),
    "callActivity": (
        call("h", "q"),
        "complete",
        (process("q", start("s"), user("in"), end("e"), flows("s", "in", "e")),),
    ),
}


@pytest.mark.parametrize("kind", HANDLERS)
def test_any_activity_can_undo(kind: str) -> None:
    handler, step, beside = HANDLERS[kind]
    if "isForCompensation" not in handler:
        handler = handler.replace('id="h"', 'id="h" isForCompensation="true"', 1)
    stage = play(
        start(),
        user("a"),
        undone_by("a", "h"),
        handler,
        throw("back", of_compensation()),
        user("after"),
        end(),
        flows("start", "a", "back", "after", "end"),
        *beside,
    ).complete("a")

    if step is not None:
        getattr(stage, step)(stage.places[0])

    assert stage.places == ["after"]
    assert "h" in stage.events("left")


ACTIVITIES = {
    "sub": sub("x", start("s"), user("in"), end("e"), flows("s", "in", "e")),
    "call": call("x", "q"),
    "instances": user("in", each("= [1, 2]")).replace('id="in"', 'id="x"'),
}


@pytest.mark.parametrize("kind", ACTIVITIES)
def test_an_activity_with_much_inside_is_undone_as_one(kind: str) -> None:
    inside = (start("s"), user("in"), end("e"), flows("s", "in", "e"))
    stage = play(
        start(),
        ACTIVITIES[kind],
        undone_by("x", "h"),
        undo("h"),
        throw("back", of_compensation("x")),
        end(),
        flows("start", "x", "back", "end"),
        *([process("q", *inside)] if kind == "call" else []),
    )
    while "h" not in stage.places:
        stage.complete(stage.places[0])

    assert stage.complete("h").ended


def nested(*inside: str, marks: str = "") -> Stage:
    """Complete a, then the sub-process with b and c inside, then undo."""
    return play(
        start(),
        user("a"),
        undone_by("a", "not-a"),
        undo("not-a"),
        sub(
            "part",
            marks,
            start("s"),
            user("b", mapping(inputs={"mine": "= 1"})),
            user("c"),
            undone_by("b", "not-b"),
            undone_by("c", "not-c"),
            undo("not-b"),
            undo("not-c"),
            end("e"),
            flows("s", "b", "c", "e"),
        ),
        *inside,
        throw("back", of_compensation()),
        end(),
        flows("start", "a", "part", "back", "end"),
    )


def test_a_sub_process_is_undone_by_what_is_inside() -> None:
    stage = nested(marks=mapping(inputs={"lot": '= "L1"'}))
    stage.complete("a").complete("b").complete("c")
    done = []

    while not stage.ended:
        (place,) = stage.places
        assert (
            place == "not-a" or stage.execution.visible(stage.token(place))["lot"] == "L1"
        )
        done.append(place)
        stage.complete(place)

    assert done == ["not-c", "not-b", "not-a"]


def test_a_handler_of_its_own_replaces_what_is_inside() -> None:
    stage = nested(undone_by("part", "not-part"), undo("not-part"))
    stage.complete("a").complete("b").complete("c")

    assert stage.places == ["not-part"]
    assert stage.complete("not-part").complete("not-a").ended


@pytest.mark.parametrize("sequential", [True, False])
def test_instances_are_undone_with_their_own_items(sequential: bool) -> None:
    stage = nested(marks=each('= ["L1", "L2"]', item="lot", sequential=sequential))
    stage.complete("a")
    for place in ("b", "c", "b", "c") if sequential else ("b", "b", "c", "c"):
        stage.complete(place)
    done = []

    while stage.places != ["not-a"]:
        (place,) = stage.places
        done.append((place, stage.execution.visible(stage.token(place))["lot"]))
        stage.complete(place)

    assert done == [("not-c", "L2"), ("not-b", "L2"), ("not-c", "L1"), ("not-b", "L1")]


def test_what_was_done_in_a_part_that_was_taken_away_is_not_undone() -> None:
    stage = nested(boundary("late", "part", duration("PT1H")), flows("late", "back"))
    stage.complete("a").complete("b")

    stage.fire("late")

    assert stage.places == ["not-a"]


def test_a_throw_undoes_its_own_scope_only() -> None:
    stage = play(
        start(),
        user("a"),
        undone_by("a", "not-a"),
        undo("not-a"),
        sub(
            "part",
            start("s"),
            user("b"),
            undone_by("b", "not-b"),
            undo("not-b"),
            throw("inner", of_compensation()),
            end("e"),
            flows("s", "b", "inner", "e"),
        ),
        throw("outer", of_compensation()),
        end(),
        flows("start", "a", "part", "outer", "end"),
    )
    stage.complete("a").complete("b")

    assert stage.places == ["not-b"]
    assert stage.complete("not-b").places == ["not-a"]
    assert stage.complete("not-a").ended
