"""Loops, compensation and transactions that would not be done right are refused."""

import pytest

from tests.engine.bpmn.models import (
    FOR_UNDOING,
    again,
    boundary,
    each,
    element,
    end,
    flows,
    of_cancel,
    of_compensation,
    start,
    sub,
    throw,
    times,
    transaction,
    undone_by,
    user,
)
from tests.engine.bpmn.test_problems import found

LINKED = {"sourceRef": "undo-a", "targetRef": "h"}
WAY = (start(), user("a"), end(), flows("start", "a", "end"))
HANDLER = user("h", **FOR_UNDOING)
EVENT = boundary("undo-a", "a", of_compensation())
COMPENSATION = "bpmn-compensation"


def test_a_handler_is_joined_with_an_event_by_an_association() -> None:
    assert found(*WAY, undone_by("a", "h"), HANDLER) == set()


@pytest.mark.parametrize("ends", [("undo-a", "h"), ("h", "undo-a")])
def test_an_association_may_be_drawn_from_either_end(ends: tuple[str, str]) -> None:
    line = element("association", "line", sourceRef=ends[0], targetRef=ends[1])

    assert found(*WAY, EVENT, line, HANDLER) == set()


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((EVENT,), {"undo-a"}),
        ((HANDLER,), {"h"}),
        (
            (
                undone_by("a", "h"),
                HANDLER,
                user("g", **FOR_UNDOING),
                element("association", "second", sourceRef="undo-a", targetRef="g"),
            ),
            {"undo-a"},
        ),
        ((undone_by("a", "h"), HANDLER, flows("a", "h")), {"h"}),
        ((undone_by("a", "h"), HANDLER, flows("h", "end")), {"h"}),
        ((undone_by("a", "h"), HANDLER, flows("undo-a", "end")), {"undo-a"}),
        ((undone_by("a", "h"), user("h", each("= [1]"), **FOR_UNDOING)), {"h"}),
        (
            (
                undone_by("a", "h"),
                HANDLER,
                EVENT.replace("undo-a", "undo-b"),
                element("association", "second", sourceRef="undo-b", targetRef="h"),
            ),
            {"undo-b"},
        ),
    ],
)
def test_a_handler_that_is_joined_wrongly_is_refused(
    parts: tuple[str, ...], expected: set[str]
) -> None:
    problems = found(*WAY, *parts)

    assert {
        element for element, rule in problems if rule.startswith(COMPENSATION)
    } == expected


def test_a_boundary_event_on_a_handler_is_refused() -> None:
    late = boundary("late", "h", '<bpmn:messageEventDefinition messageRef="m"/>')
    problems = found(
        *WAY,
        undone_by("a", "h"),
        HANDLER,
        late,
        flows("late", "end"),
        '<bpmn:message id="m" name="m"/>',
    )

    assert ("h", "bpmn-compensation-border") in problems


def test_an_activity_that_is_not_for_compensation_is_no_handler() -> None:
    parts = (start(), user("a"), user("b"), end(), flows("start", "a", "b", "end"))

    assert ("b", "bpmn-compensation-mark") in found(*parts, undone_by("a", "b"))


def test_a_handler_in_another_scope_is_refused() -> None:
    parts = (
        start(),
        sub("part", start("s"), end("e"), flows("s", "e"), HANDLER),
        user("a"),
        end(),
        flows("start", "part", "a", "end"),
    )

    assert found(*parts, undone_by("a", "h")) == {("h", "bpmn-compensation-mark")}


@pytest.mark.parametrize("reference", ["nobody", "b", "part", "inner"])
def test_a_throw_that_leads_nowhere_is_refused(reference: str) -> None:
    parts = (
        start(),
        user("b"),
        sub("part", start("s"), user("inner"), end("e"), flows("s", "inner", "e")),
        throw("back", of_compensation(reference)),
        end(),
        flows("start", "b", "part", "back", "end"),
    )

    assert found(*parts) == {("back", "bpmn-compensation-activity")}


def test_a_throw_may_name_a_sub_process_with_something_to_undo() -> None:
    parts = (
        start(),
        sub(
            "part",
            start("s"),
            user("a"),
            undone_by("a", "h"),
            HANDLER,
            end("e"),
            flows("s", "a", "e"),
        ),
        throw("back", of_compensation("part")),
        end(),
        flows("start", "part", "back", "end"),
    )

    assert found(*parts) == set()


def test_compensation_that_is_not_waited_for_is_refused() -> None:
    definition = '<bpmn:compensateEventDefinition waitForCompletion="false"/>'
    parts = (start(), throw("x", definition), end(), flows("start", "x", "end"))

    assert found(*parts) == {("x", "bpmn-compensation-wait")}


def test_a_compensation_start_event_is_refused() -> None:
    parts = (
        *WAY,
        sub(
            "undo",
            start("s", of_compensation()),
            end("e"),
            flows("s", "e"),
            triggeredByEvent="true",
        ),
    )

    assert ("s", "bpmn-event-kind") in found(*parts)


INSIDE = (start("s"), end("no", of_cancel()), flows("s", "no"))
CAUGHT = (boundary("x", "buy", of_cancel()), end("over"), flows("x", "over"))


@pytest.mark.parametrize(
    ("activity", "border", "expected"),
    [
        (transaction("buy", *INSIDE), CAUGHT, set()),
        (transaction("buy", *INSIDE), (), {"buy"}),
        (transaction("buy", start("s"), end("e"), flows("s", "e")), CAUGHT, {"x"}),
        (sub("buy", *INSIDE), CAUGHT, {"no", "x"}),
        (transaction("buy", *INSIDE, again(most=2)), CAUGHT, {"buy"}),
        (transaction("buy", *INSIDE, each("= [1]")), CAUGHT, {"buy"}),
        (
            transaction("buy", *INSIDE),
            (*CAUGHT, boundary("y", "buy", of_cancel()), flows("y", "over")),
            {"y"},
        ),
        (
            transaction("buy", *INSIDE),
            (CAUGHT[0].replace('"true"', '"false"'), *CAUGHT[1:]),
            {"x"},
        ),
    ],
)
def test_a_transaction_says_what_cancels_it_and_how_it_goes_on(
    activity: str, border: tuple[str, ...], expected: set[str]
) -> None:
    parts = (start(), activity, end(), flows("start", "buy", "end"), *border)

    problems = found(*parts)

    assert {element for element, _ in problems} == expected
    assert all(rule.startswith("bpmn-cancel") for _, rule in problems)


@pytest.mark.parametrize(
    ("marks", "rule"),
    [
        (again(), "bpmn-loop-bound"),
        (again("= true") + each("= [1]"), "bpmn-loop-both"),
        (again("true"), "bpmn-expression-sign"),
        ('<bpmn:standardLoopCharacteristics loopMaximum="0"/>', "bpmn-loop-maximum"),
        ('<bpmn:standardLoopCharacteristics loopMaximum="many"/>', "bpmn-loop-maximum"),
        (times("1001"), "bpmn-cardinality"),
        (times("some"), "bpmn-cardinality"),
        (times("= 3", inputCollection="= [1]"), "bpmn-instances-bound"),
        (times("= 3"), None),
        (each("= [1]").replace("isSequential", 'behavior="One" x'), "bpmn-instances-odd"),
        (
            each("= [1]").replace(
                "</bpmn:multi",
                "<bpmn:loopDataInputRef>a</bpmn:loopDataInputRef></bpmn:multi",
            ),
            "bpmn-instances-odd",
        ),
    ],
)
def test_repetition_without_bounds_or_with_two_is_refused(
    marks: str, rule: str | None
) -> None:
    parts = (start(), user("x", marks), end(), flows("start", "x", "end"))

    rules = {found_rule for _, found_rule in found(*parts)}

    assert rules >= {rule} if rule else not rules
