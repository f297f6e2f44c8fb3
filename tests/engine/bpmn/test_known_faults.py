"""What SpiffWorkflow drops or gets wrong, and what becomes of it here: right, or refused.

One test for each entry of research/engine.md that concerns execution; those that have
tests of their own elsewhere:

==========================================  ===========================================
entry                                       tests
==========================================  ===========================================
8.1 joins wrong in loops, nested, random    oracle/test_oracle, test_gateways
8.1 cost grows with each round              test_rework
8.2, 8.3 event sub-processes                test_event_subs
8.2, 8.3 boundary events                    test_borders
8.3 link events                             test_links
8.3 signal ends, signals once only          test_signals
8.3 compensation, transactions              test_compensation, test_transactions
8.3 conditional flows out of activities     test_choosing
8.3 without implementation, unreachable,
    without end, same ids                   test_problems
1 conditional events                        test_conditions
1 messages that come too early              commands/outside/test_correlate_message
8.4, 8.5, 1 and 4: values, times, attacks   test_known_faults_of_values
8.2 specifications changed by running       test_threads
==========================================  ===========================================
"""

import pytest

from engine.bpmn import Execution, ModelErrors
from engine.model import InvalidState
from tests.engine.bpmn.models import (
    boundary,
    call,
    catch,
    cycle,
    duration,
    each,
    element,
    end,
    error,
    event_sub,
    first_of,
    flow,
    flows,
    fork,
    message,
    of_error,
    of_message,
    process,
    script,
    start,
    sub,
    throw,
    user,
    xor,
)
from tests.engine.bpmn.stage import Stage, play


def looping(*inside: str) -> Stage:
    """Play *inside*, from ``first`` to ``last``, again while ``more`` is true."""
    return play(
        start(),
        xor("again"),
        *inside,
        xor("right", default="right-end"),
        end(),
        flows("start", "again", "first"),
        flows("last", "right", "end"),
        flow("right", "again", "= more"),
    )


def test_work_after_a_thousand_rounds_is_still_seen() -> None:
    stage = looping(user("first"), script("last", "= rounds + 1", "rounds"), _joined())
    stage.correct(rounds=0)

    for _ in range(1001):
        stage.complete("first", more=True)

    assert not stage.ended
    assert stage.places == ["first"]
    assert stage.complete("first", more=False).ended
    assert stage.variables["rounds"] == 1002


def _joined() -> str:
    return flows("first", "last")


def test_a_parallel_join_in_a_loop_waits_whatever_the_order_was_before() -> None:
    stage = looping(
        fork("first"),
        user("a"),
        user("b"),
        fork("last"),
        flows("first", "a", "last"),
        flows("first", "b", "last"),
    )
    stage.complete("a").complete("b", more=True)

    stage.complete("b")

    assert stage.places == ["a"]
    assert stage.complete("a", more=False).ended


def test_an_inclusive_join_in_a_loop_waits_for_what_was_chosen() -> None:
    stage = looping(
        '<bpmn:inclusiveGateway id="first" default="first-a"/>',
        user("a"),
        user("b"),
        '<bpmn:inclusiveGateway id="last"/>',
        flow("first", "a"),
        flow("first", "b", "= both"),
        flow("a", "last"),
        flow("b", "last"),
    )
    assert stage.incidents == {"first": "condition"}

    stage.correct(both=False).retry("first").complete("a", more=True, both=True)

    assert stage.places == ["b"]
    assert stage.complete("b", more=False).ended


def test_two_flows_from_one_element_into_a_join_count_twice() -> None:
    stage = play(
        start(),
        fork("split"),
        user("a"),
        fork("join"),
        end(),
        flow("start", "split"),
        flow("split", "join", flow_id="one"),
        flow("split", "join", flow_id="two"),
        flows("split", "a", "join", "end"),
    )

    assert not stage.ended
    assert stage.complete("a").ended
    assert stage.events("entered").count("end") == 1


def test_flows_that_meet_at_a_task_and_part_again_need_no_gateway() -> None:
    stage = play(
        start(),
        fork("split"),
        user("a"),
        end("one"),
        end("two"),
        flow("start", "split"),
        flow("split", "a", flow_id="f1"),
        flow("split", "a", flow_id="f2"),
        flows("a", "one"),
        flows("a", "two"),
    )
    assert stage.places == ["a", "a"]

    stage.complete("a").complete("a")

    assert [stage.events("entered").count(name) for name in ("one", "two")] == [2, 2]


def test_an_exclusive_gateway_without_a_way_on_is_an_incident_and_can_be_put_right() -> (
    None
):
    stage = play(
        start(),
        user("x"),
        xor("which"),
        end("one"),
        end("two"),
        flows("start", "x", "which"),
        flow("which", "one", "= n = 1"),
        flow("which", "two", "= n = 2"),
    ).complete("x", n=3)
    assert stage.incidents == {"which": "no-flow"}

    assert stage.correct(n=2).retry("which").last.end_events == ("two",)


def test_what_fails_after_a_task_leaves_the_task_done() -> None:
    stage = play(
        start(),
        user("x"),
        script("sum", "= a + b", "c"),
        end(),
        flows("start", "x", "sum", "end"),
    ).complete("x", a=1)

    assert stage.incidents == {"sum": "script"}
    assert stage.events("left") == ["start", "x"]
    with pytest.raises(InvalidState):
        stage.execution.complete("t2", {}, stage.around)


def test_what_does_not_wait_is_not_completed() -> None:
    stage = play(start(), user("x"), user("y"), end(), flows("start", "x", "y", "end"))

    for token in ("", "t1", "t3", "t99"):
        with pytest.raises(InvalidState):
            stage.execution.complete(token, {}, stage.around)


def test_an_undefined_task_passes() -> None:
    assert play(start(), element("task", "x"), end(), flows("start", "x", "end")).ended


def test_an_error_that_nobody_catches_is_no_normal_end() -> None:
    stage = play(
        start(),
        sub("part", start("s"), end("failed", of_error("bad")), flows("s", "failed")),
        user("after"),
        end(),
        flows("start", "part", "after", "end"),
        error("bad", "B"),
    )

    assert stage.incidents == {"failed": "error"}
    assert not stage.places


def test_an_event_sub_process_of_one_case_is_not_begun_in_the_next() -> None:
    parts = (
        start(),
        user("x"),
        end(),
        flows("start", "x", "end"),
        event_sub(
            "es",
            user("y"),
            end("e"),
            flows("es-start", "y", "e"),
            begins=(of_message("stop"),),
        ),
        message("stop"),
    )
    first = play(*parts, number="1").deliver("es-start")
    assert first.places == ["y"]

    execution, advance = Execution.start(
        first.definitions, "p", {"number": "2"}, first.around
    )

    assert [waiting.element_id for waiting in advance.opened] == ["es-start", "x"]
    assert not execution.ended


def test_a_timer_ends_a_multi_instance_sub_process() -> None:
    stage = play(
        start(),
        sub(
            "part", start("s"), user("x"), end("e"), flows("s", "x", "e"), each("= [1, 2]")
        ),
        boundary("late", "part", duration("PT1H")),
        user("after"),
        end(),
        flows("start", "part", "end"),
        flows("late", "after", "end"),
    ).complete("x")

    assert stage.fire("late").places == ["after"]
    assert stage.complete("after").ended


def test_a_message_that_does_not_interrupt_comes_again() -> None:
    stage = play(
        start(),
        user("x"),
        boundary("note", "x", of_message("remark"), interrupting=False),
        user("read"),
        end(),
        flows("start", "x", "end"),
        flows("note", "read", "end"),
        message("remark"),
        number="1",
    )

    for _ in range(3):
        stage.deliver("note")

    assert stage.places.count("read") == 3


def refused(*parts: str) -> set[str]:
    with pytest.raises(ModelErrors) as raised:
        play(start(), *parts, end(), flows("start", "x", "end"))
    return {f"{problem.element}: {problem.what}" for problem in raised.value.problems}


def test_a_cycle_that_would_interrupt_is_refused() -> None:
    said = refused(
        user("x"), boundary("b", "x", cycle("R3/PT1H")), user("y"), flows("b", "y", "end")
    )

    assert any("do not interrupt" in sentence for sentence in said)


def test_two_timers_behind_one_gateway_have_their_own_times() -> None:
    stage = play(
        start(),
        first_of("race"),
        catch("soon", duration("PT1H")),
        catch("later", duration("PT5H")),
        end(),
        flows("start", "race", "soon", "end"),
        flows("race", "later", "end"),
    )

    assert (stage.timer("later").due - stage.timer("soon").due).total_seconds() == 4 * 3600
    assert stage.fire("later").ended


@pytest.mark.parametrize(
    "part",
    [
        element("complexGateway", "x"),
        element("adHocSubProcess", "x"),
        catch("x", duration("PT1H"), of_message("m")),
        throw("x", '<bpmn:compensateEventDefinition waitForCompletion="false"/>'),
        element("receiveTask", "x", messageRef="m", instantiate="true"),
        element("eventBasedGateway", "x", instantiate="true"),
        element("startEvent", "x", '<bpmn:conditionalEventDefinition id="c"/>'),
        call("x", "p"),
        element("sendTask", "x"),
        element("serviceTask", "x"),
        element("businessRuleTask", "x"),
        script("x", "import os", "a"),
    ],
)
def test_what_is_not_carried_out_is_refused_with_a_sentence(part: str) -> None:
    said = refused(part, message("m"))

    assert any("x: Expected " in sentence for sentence in said)


@pytest.mark.parametrize("sequential", [True, False])
def test_a_collection_is_made_anew_in_each_round(sequential: bool) -> None:
    stage = looping(
        user(
            "first",
            each(
                "= people",
                "person",
                sequential=sequential,
                outputCollection="answers",
                outputElement="= answer",
            ),
        ),
        script("last", "= count(answers)", "number"),
        flow("first", "last"),
    )
    stage.correct(people=["a", "b"], answers=["old"], more=True).retry("first")
    stage.complete("first", answer=1).complete("first", answer=2)
    assert (stage.variables["answers"], stage.variables["number"]) == ([1, 2], 2)

    stage.complete("first", answer=3).complete("first", answer=4, more=False)

    assert (stage.variables["answers"], stage.ended) == ([3, 4], True)


@pytest.mark.parametrize("sequential", [True, False])
def test_nothing_is_an_item_like_any_other(sequential: bool) -> None:
    stage = play(
        start(),
        user("x", each("= [null, 1, null]", "item", sequential=sequential)),
        end(),
        flows("start", "x", "end"),
        item="outside",
    )

    for _ in range(3):
        stage.complete("x")

    assert stage.ended
    assert stage.variables["item"] == "outside"


def test_calls_that_go_too_deep_are_an_incident() -> None:
    deep = [
        process(
            f"q{n}",
            start(f"s{n}"),
            call(f"c{n}", f"q{n + 1}"),
            end(f"e{n}"),
            flows(f"s{n}", f"c{n}", f"e{n}"),
        )
        for n in range(25)
    ]
    last = process("q25", start("s25"), end("e25"), flows("s25", "e25"))

    stage = play(start(), call("x", "q0"), end(), flows("start", "x", "end"), *deep, last)

    assert list(stage.incidents.values()) == ["depth"]
