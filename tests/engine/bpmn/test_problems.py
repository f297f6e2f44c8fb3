"""Diagrams that we would not carry out right are refused, with all that is wrong."""

import pytest

from engine.bpmn import Definitions, ModelErrors, Problem, inspect
from engine.dmn import DecisionModel
from tests.engine.bpmn.models import (
    boundary,
    call,
    catch,
    cycle,
    date,
    diagram,
    duration,
    each,
    element,
    end,
    error,
    escalation,
    first_of,
    flow,
    flows,
    fork,
    mapping,
    message,
    of_error,
    of_escalation,
    of_message,
    process,
    properties,
    script,
    start,
    sub,
    terminate,
    throw,
    user,
    xor,
    zeebe,
)

BESIDE = ("<bpmn:message ", "<bpmn:error ", "<bpmn:escalation ", "<bpmn:process ")


def problems(*parts: str) -> list[Problem]:
    outside = [part for part in parts if part.startswith(BESIDE)]
    inside = [part for part in parts if not part.startswith(BESIDE)]
    source = diagram(process("p", *inside), *outside)
    return inspect({"p.bpmn": source}, DecisionModel.parse({}))


def found(*parts: str) -> set[tuple[str | None, str]]:
    return {(problem.element, problem.rule) for problem in problems(*parts)}


def around(part: str, *beside: str) -> tuple[str, ...]:
    """Return a process with *part*, whose id is x, in the middle."""
    return (start(), part, end(), flows("start", "x", "end"), *beside)


@pytest.mark.parametrize(
    ("part", "rule"),
    [
        (element("complexGateway", "x"), "bpmn-unsupported"),
        (element("adHocSubProcess", "x"), "bpmn-unsupported"),
        (throw("x", "<bpmn:linkEventDefinition/>"), "bpmn-link-name"),
        (throw("x", "<bpmn:signalEventDefinition/>"), "bpmn-signal-name"),
        (catch("x", "<bpmn:conditionalEventDefinition/>"), "bpmn-conditional-missing"),
        (
            catch("x", "<bpmn:timerEventDefinition/>", "<bpmn:linkEventDefinition/>"),
            "bpmn-unsupported",
        ),
        (user("x", "<bpmn:standardLoopCharacteristics/>"), "bpmn-loop-bound"),
        (
            element("userTask", "x", isForCompensation="true"),
            "bpmn-compensation-association",
        ),
        (element("receiveTask", "x", instantiate="true"), "bpmn-unsupported"),
        (element("userTask", "x", camunda__formKey="embedded:x"), "bpmn-extension"),
        (user("x", zeebe("adHoc")), "bpmn-extension"),
        (user("x", zeebe("taskListeners")), "bpmn-extension"),
        (user("x", zeebe("script", expression="= 1")), "bpmn-extension"),
        (user("x", zeebe("formDefinition", formKey="f")), "bpmn-extension"),
        (user("x", zeebe("formDefinition", formId="= f")), "bpmn-form"),
        (
            user("x", zeebe("formDefinition", formId="f", bindingType="versionTag")),
            "bpmn-extension",
        ),
        (user("x", properties(deadline="soon")), "bpmn-deadline"),
        (user("x", properties(warn="3 working")), "bpmn-deadline"),
        (user("x", zeebe("taskSchedule", dueDate="soon")), "bpmn-deadline"),
        (user("x", zeebe("priorityDefinition", priority="500")), "bpmn-priority"),
        (user("x", mapping(inputs={"a": "= 1 +"})), "bpmn-expression"),
        (user("x", mapping(inputs={"": "= 1"})), "bpmn-mapping-name"),
        (user("x", mapping(outputs={"a": ""})), "bpmn-mapping-source"),
        (user("x", each("people")), "bpmn-expression-sign"),
        (
            user("x", "<bpmn:multiInstanceLoopCharacteristics/>"),
            "bpmn-instances-bound",
        ),
        (user("x", each("= a", outputCollection="b")), "bpmn-output-collection"),
        (
            user(
                "x",
                '<bpmn:multiInstanceLoopCharacteristics camunda:elementIndex="i"/>',
            ),
            "bpmn-extension",
        ),
        (element("serviceTask", "x"), "bpmn-work-missing"),
        (element("sendTask", "x"), "bpmn-work-missing"),
        (element("scriptTask", "x"), "bpmn-script-missing"),
        (
            element("scriptTask", "x", zeebe("script", expression="= 1")),
            "bpmn-result-missing",
        ),
        (element("businessRuleTask", "x"), "bpmn-decision-missing"),
        (element("callActivity", "x"), "bpmn-call-missing"),
        (call("x", "nothing"), "bpmn-call-unknown"),
        (call("x", "p"), "bpmn-call-circle"),
        (catch("x"), "bpmn-event-kind"),
        (catch("x", of_error()), "bpmn-event-kind"),
        (throw("x", of_error()), "bpmn-event-kind"),
        (throw("x", terminate()), "bpmn-event-kind"),
        (throw("x", of_escalation()), "bpmn-thrown-code"),
        (throw("x", of_escalation("nothing")), "bpmn-code-reference"),
        (throw("x", of_message("m")), "bpmn-work-missing"),
        (catch("x", "<bpmn:timerEventDefinition/>"), "bpmn-timer-missing"),
        (catch("x", duration("1 hour")), "bpmn-timer-text"),
        (catch("x", date("tomorrow")), "bpmn-timer-text"),
        (catch("x", cycle("R3/PT1H")), "bpmn-timer-cycle"),
        (catch("x", of_message("nothing")), "bpmn-message-name"),
        (catch("x", of_message("keyless")), "bpmn-message-key"),
        (element("receiveTask", "x", messageRef="keyless"), "bpmn-message-key"),
        (sub("x"), "bpmn-start"),
        (sub("x", start("s")), "bpmn-end"),
        (
            sub("x", start("s", duration("PT1H")), end("e"), flows("s", "e")),
            "bpmn-event-kind",
        ),
        (
            element(
                "subProcess",
                "x",
                start("s"),
                end("e"),
                flows("s", "e"),
                triggeredByEvent="true",
            ),
            "bpmn-event-sub-flow",
        ),
    ],
)
def test_it_refuses(part: str, rule: str) -> None:
    beside = (message("m"), message("keyless", None))

    rules = {problem.rule for problem in problems(*around(part, *beside))}

    assert rule in rules


def test_what_is_right_has_no_problem() -> None:
    assert not problems(*around(user("x", properties(deadline="3 working hours"))))


@pytest.mark.parametrize(
    ("event", "host"),
    [
        (of_error(), user("x")),
        (of_escalation(), user("x")),
        (duration("PT1H"), script("x", "= 1", "a")),
        (cycle("R/PT1H"), user("x")),
        (duration("soon"), user("x")),
        (of_message("keyless"), user("x")),
        ("<bpmn:cancelEventDefinition/>", user("x")),
        ("", user("x")),
    ],
)
def test_it_refuses_an_event_at_a_border_where_it_cannot_be(event: str, host: str) -> None:
    parts = (*around(host, message("keyless", None)), boundary("b", "x", event))

    assert "b" in {place for place, _ in found(*parts, flows("b", "end"))}


def test_an_event_that_sits_on_nothing_is_refused() -> None:
    parts = around(user("x"))

    refused = found(*parts, boundary("b", "y", duration("PT1H")), flows("b", "end"))

    assert ("b", "bpmn-boundary-place") in refused


def test_an_error_must_interrupt() -> None:
    inside = (start("s"), end("e", of_error("bad")), flows("s", "e"))
    parts = (*around(sub("x", *inside)), error("bad", "B"), flows("b", "end"))

    assert found(*parts, boundary("b", "x", of_error(), interrupting=False)) == {
        ("b", "bpmn-error-interrupts")
    }


def test_two_events_for_one_code_are_refused() -> None:
    inside = (start("s"), end("e", of_escalation("up")), flows("s", "e"))
    parts = around(sub("x", *inside), escalation("up", "U"))

    refused = found(
        *parts,
        boundary("b1", "x", of_escalation("up")),
        boundary("b2", "x", of_escalation("up")),
        flows("b1", "end"),
        flows("b2", "end"),
    )

    assert refused == {("b2", "bpmn-boundary-twice")}


def test_every_flow_of_a_gateway_needs_a_condition_but_the_default() -> None:
    parts = (
        start(),
        xor("which", default="which-b"),
        user("a"),
        user("b"),
        user("c"),
        end(),
        flows("start", "which", "a", "end"),
        flow("which", "b", "= true"),
        flow("which", "c", "amount > 3"),
        *(flow(name, "end") for name in ("b", "c")),
    )

    assert found(*parts) == {
        ("which-a", "bpmn-condition-missing"),
        ("which-b", "bpmn-default-condition"),
        ("which-c", "bpmn-expression-sign"),
    }


def test_a_condition_behind_an_event_is_refused() -> None:
    parts = (start("x"), user("a"), end(), flow("x", "a", "= a"), flow("a", "end"))

    assert found(*parts) == {("x-a", "bpmn-flow-condition")}


def test_a_default_flow_of_a_task_leaves_it_without_a_condition() -> None:
    parts = (
        start(),
        element("userTask", "a", "<bpmn:extensionElements/>", default="b-end"),
        element("userTask", "b", "<bpmn:extensionElements/>", default="b-end"),
        end(),
        flows("start", "a", "b"),
        flow("b", "end", "= good"),
    )

    assert found(*parts) == {
        ("a", "bpmn-default-leaves"),
        ("b-end", "bpmn-default-condition"),
    }


def test_a_syntax_error_says_where_it_is() -> None:
    (problem,) = problems(
        start(),
        xor("x", default="x-end"),
        user("a"),
        end(),
        flows("start", "x", "end"),
        flow("x", "a", "= amount >"),
        flows("a", "end"),
    )

    assert (problem.element, problem.rule) == ("x-a", "bpmn-expression")
    assert "line 1, column 11" in str(problem.what)


def test_flows_stay_on_their_side_of_a_sub_process() -> None:
    inside = (start("s"), user("a"), end("e"), flows("s", "a", "e"))
    parts = (*around(sub("x", *inside)), user("out"), flows("out", "end"))

    assert ("a-out", "bpmn-flow-border") in found(*parts, flow("a", "out"))


def test_flows_lead_from_somewhere_to_somewhere() -> None:
    parts = around(user("x"))

    assert ("x-gone", "bpmn-flow-ends") in found(*parts, flow("x", "gone"))
    assert ("end-x", "bpmn-flow-event") in found(*parts, flow("end", "x"))
    assert ("x-start", "bpmn-flow-event") in found(*parts, flow("x", "start"))


def test_what_cannot_be_reached_or_left_is_refused() -> None:
    assert found(*around(user("x")), user("lost"), user("stuck"), flow("x", "stuck")) == {
        ("lost", "bpmn-unreachable"),
        ("lost", "bpmn-dead-end"),
        ("stuck", "bpmn-dead-end"),
    }


def test_a_process_begins_and_ends() -> None:
    assert {("p", "bpmn-start"), ("p", "bpmn-end")} <= found(user("x"))
    two = (*around(user("x")), start("again"), flows("again", "x"))
    assert found(*two) == {("p", "bpmn-start-twice")}


def test_only_events_stand_behind_an_event_gateway() -> None:
    parts = (
        start(),
        first_of("race"),
        user("x"),
        catch("soon", duration("PT1H")),
        end(),
        flows("start", "race", "x", "end"),
        flows("race", "soon", "end"),
    )

    assert found(*parts) == {("x", "bpmn-event-gateway-target")}


def test_a_parallel_gateway_has_no_conditions() -> None:
    parts = (
        start(),
        fork("x"),
        end("a"),
        end("b"),
        flows("start", "x", "a"),
        flow("x", "b", "= true"),
    )

    assert found(*parts) == {("x-b", "bpmn-flow-condition")}


def test_calls_do_not_go_round_in_a_circle() -> None:
    other = process("q", start("s"), call("back", "p"), end("e"), flows("s", "back", "e"))

    assert found(*around(call("x", "q"), other)) == {
        ("x", "bpmn-call-circle"),
        ("back", "bpmn-call-circle"),
    }


def test_ids_are_unique_over_all_files() -> None:
    one = diagram(process("p", *around(user("x"))))
    two = diagram(process("q", start("s"), user("x"), end("e"), flows("s", "x", "e")))

    (problem,) = inspect({"a.bpmn": one, "b.bpmn": two})

    assert (problem.file, problem.element) == ("b.bpmn", "x")
    assert problem.rule == "bpmn-duplicate-id"


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"not XML",
        b"<bpmn:definitions",
        b"<html/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        diagram(process("p", *around(user("x"))))[:-40],
        b" " * 5_000_001,
    ],
)
def test_what_is_no_diagram_is_a_problem_of_the_file(source: bytes) -> None:
    (problem,) = inspect({"p.bpmn": source})

    assert (problem.file, problem.element, problem.rule) == ("p.bpmn", None, "bpmn-file")


def test_a_file_without_executable_process_is_refused() -> None:
    source = diagram(process("p", *around(user("x"))).replace('"true"', '"false"'))

    assert [problem.rule for problem in inspect({"p.bpmn": source})] == ["bpmn-executable"]


def test_parsing_raises_all_problems_at_once() -> None:
    source = diagram(process("p", user("x"), user("y")))

    with pytest.raises(ModelErrors) as raised:
        Definitions.parse({"p.bpmn": source}, DecisionModel.parse({}))

    assert len(raised.value.problems) >= 4
    assert "found" in str(raised.value)


def test_an_odd_id_is_refused() -> None:
    assert ("a b", "bpmn-id-form") in found(*around(user("x")), user("a b"))


def test_what_is_not_carried_out_is_told_once() -> None:
    assert found(*around(element("complexGateway", "x"))) == {("x", "bpmn-unsupported")}
