"""Conditional events: they happen when variables make their condition true."""

import pytest

from engine.bpmn import inspect
from tests.engine.bpmn.models import (
    boundary,
    call,
    catch,
    diagram,
    duration,
    each,
    end,
    event_sub,
    first_of,
    flow,
    flows,
    fork,
    mapping,
    of_condition,
    process,
    script,
    start,
    sub,
    user,
    xor,
    zeebe,
)
from tests.engine.bpmn.stage import Stage, play


def catching(condition: str, **variables: object) -> Stage:
    return play(
        start(),
        catch("wait", of_condition(condition)),
        user("after"),
        end(),
        flows("start", "wait", "after", "end"),
        **variables,  # type: ignore[arg-type]
    )


def test_a_condition_that_is_true_is_not_waited_for() -> None:
    assert catching("= amount > 3", amount=4).places == ["after"]


def test_a_condition_is_waited_for_until_it_is_true() -> None:
    stage = catching("= amount > 3", amount=1)
    assert not stage.waiting
    assert list(stage.execution.places.values()) == ["wait"]

    stage.correct(amount=2)
    assert not stage.waiting

    assert stage.correct(amount=4).places == ["after"]


def test_null_is_not_yet_true() -> None:
    stage = catching("= amount > 3")
    assert not stage.incidents

    assert stage.correct(amount=4).places == ["after"]


def test_a_condition_that_is_no_truth_is_an_incident() -> None:
    stage = catching("= amount", amount=1)
    assert stage.incidents == {"wait": "condition"}
    assert "amount" in str(stage.why("wait"))

    stage.correct(amount=True)
    assert stage.incidents == {"wait": "condition"}

    assert stage.retry("wait").places == ["after"]


def test_a_task_beside_makes_it_true() -> None:
    stage = play(
        start(),
        fork("split"),
        user("count"),
        script("twice", "= 2 * amount", "amount"),
        catch("wait", of_condition("= amount >= 8")),
        end("counted"),
        end("waited"),
        flows("start", "split", "count", "twice", "counted"),
        flows("split", "wait", "waited"),
    )

    stage.complete("count", amount=4)

    assert stage.ended
    assert set(stage.last.end_events) == {"counted", "waited"}


def at_border(*, interrupting: bool, **variables: object) -> Stage:
    return play(
        start(),
        user("work"),
        boundary("urgent", "work", of_condition("= high"), interrupting=interrupting),
        user("hurry"),
        end(),
        end("hurried"),
        flows("start", "work", "end"),
        flows("urgent", "hurry", "hurried"),
        **variables,  # type: ignore[arg-type]
    )


def test_a_condition_at_the_border_interrupts() -> None:
    assert at_border(interrupting=True, high=True).places == ["hurry"]
    stage = at_border(interrupting=True)
    assert stage.places == ["work"]

    assert stage.correct(high=True).places == ["hurry"]
    assert stage.complete("hurry").last.end_events == ("hurried",)


def test_without_interruption_it_happens_each_time_it_becomes_true() -> None:
    stage = at_border(interrupting=False, high=True)
    assert stage.places == ["hurry", "work"]

    stage.correct(high=True).correct(other=1)
    assert stage.places == ["hurry", "work"]

    stage.correct(high=False).correct(high=None).correct(high=True)
    assert stage.places == ["hurry", "hurry", "work"]

    assert stage.complete("work").complete("hurry").complete("hurry").ended


def test_a_condition_at_the_border_that_is_no_truth_is_an_incident_there() -> None:
    stage = at_border(interrupting=True, high="very")
    assert stage.incidents == {"urgent": "condition"}
    assert stage.places == ["work"]

    other = at_border(interrupting=True, high="very").complete("work")
    assert other.ended
    assert not other.incidents

    assert stage.correct(high=True).retry("urgent").places == ["hurry"]


def test_it_sees_the_variables_of_its_activity() -> None:
    stage = play(
        start(),
        user("work", mapping(inputs={"limit": "= base + 1"})),
        boundary("over", "work", of_condition("= amount > limit")),
        end(),
        end("too-much"),
        flows("start", "work", "end"),
        flows("over", "too-much"),
        base=5,
    )

    assert not stage.correct(amount=6).ended
    assert stage.correct(amount=7).last.end_events == ("too-much",)


def test_what_it_sets_going_is_looked_at_too() -> None:
    stage = play(
        start(),
        fork("split"),
        catch("one", of_condition("= a")),
        script("set", "= true", "b"),
        catch("two", of_condition("= b")),
        end("first"),
        end("second"),
        flows("start", "split", "one", "set", "first"),
        flows("split", "two", "second"),
    )

    assert stage.correct(a=True).last.end_events == ("first", "second")


def test_a_join_is_released_after_conditions_were_looked_at() -> None:
    stage = play(
        start(),
        fork("split"),
        catch("wait", of_condition("= ok")),
        user("a"),
        '<bpmn:inclusiveGateway id="join"/>',
        end(),
        flows("start", "split", "wait", "join", "end"),
        flows("split", "a", "join"),
    )

    stage.complete("a", ok=True)

    assert stage.ended
    assert stage.events("entered").count("end") == 1


def test_a_condition_may_decide_at_an_event_gateway() -> None:
    model = (
        start(),
        first_of("race"),
        catch("ready", of_condition("= ready")),
        catch("late", duration("PT1H")),
        user("a"),
        user("b"),
        end(),
        flows("start", "race", "ready", "a", "end"),
        flows("race", "late", "b", "end"),
    )

    assert play(*model, ready=True).places == ["a"]
    assert play(*model).correct(ready=True).places == ["a"]
    assert play(*model).fire("late").correct(ready=True).places == ["b"]


def test_a_round_that_never_ends_is_stopped() -> None:
    stage = play(
        start(),
        xor("again"),
        catch("wait", of_condition("= true")),
        xor("more", default="more-again"),
        end(),
        flows("start", "again", "wait", "more", "again"),
        flow("more", "end", "= done"),
        done=False,
    )

    assert list(stage.incidents.values()) == ["budget"]


def test_conditions_on_bodies_of_instances_and_on_calls() -> None:
    for host in (
        user("work", each("= [1, 2]")),
        call("work", "q"),
        sub("work", start("a"), user("b"), end("c"), flows("a", "b", "c"), each("= [1]")),
    ):
        stage = play(
            start(),
            host,
            boundary("stop", "work", of_condition("= stop")),
            end(),
            end("stopped"),
            flows("start", "work", "end"),
            flows("stop", "stopped"),
            process("q", start("s"), user("x"), end("e"), flows("s", "x", "e")),
        )

        assert stage.correct(stop=True).last.end_events == ("stopped",)


@pytest.mark.parametrize(
    ("looks_at", "expected"),
    [
        ({}, 2),
        ({"variableNames": "high"}, 2),
        ({"variableNames": "high, low"}, 2),
        ({"variableNames": "low"}, 1),
        ({"variableEvents": "create"}, 1),
        ({"variableNames": "high", "variableEvents": "update"}, 2),
        ({"variableNames": "high", "variableEvents": "create, update"}, 2),
    ],
)
def test_it_looks_only_at_the_changes_that_it_names(
    looks_at: dict[str, str], expected: int
) -> None:
    stage = play(
        start(),
        user("work"),
        boundary("urgent", "work", of_condition("= high", **looks_at), interrupting=False),
        user("hurry"),
        end(),
        end("hurried"),
        flows("start", "work", "end"),
        flows("urgent", "hurry", "hurried"),
        high=True,
    )

    stage.correct(high=False).correct(high=True)

    assert stage.places.count("hurry") == expected


def test_a_condition_begins_an_event_sub_process() -> None:
    for interrupting in (True, False):
        stage = play(
            start(),
            user("work"),
            end(),
            flows("start", "work", "end"),
            event_sub(
                "urgent",
                user("hurry"),
                end("hurried"),
                flows("urgent-start", "hurry", "hurried"),
                begins=(of_condition("= high"),),
                interrupting=interrupting,
            ),
        )
        assert stage.places == ["work"]

        stage.correct(high=True)

        assert stage.places == (["hurry"] if interrupting else ["hurry", "work"])


@pytest.mark.parametrize(
    ("part", "rule"),
    [
        (catch("x", of_condition("high")), "bpmn-expression-sign"),
        (catch("x", of_condition("= high >")), "bpmn-expression"),
        (catch("x", of_condition("")), "bpmn-conditional-missing"),
        (
            catch("x", of_condition("= if a then now() > due else b")),
            "bpmn-conditional-clock",
        ),
        (catch("x", of_condition("= string(today()) = day")), "bpmn-conditional-clock"),
        (
            catch("x", of_condition("= a", variableEvents="delete")),
            "bpmn-conditional-change",
        ),
        (catch("x", of_condition("= a", odd="delete")), "bpmn-extension"),
        (catch("x", of_condition("= a"), zeebe("conditionalFilter")), "bpmn-extension"),
        (start("x", of_condition("= a")), "bpmn-event-kind"),
        (end("x", of_condition("= a")), "bpmn-event-kind"),
    ],
)
def test_what_is_no_condition_is_refused(part: str, rule: str) -> None:
    source = diagram(process("p", start(), part, end(), flows("start", "x", "end")))

    assert rule in {problem.rule for problem in inspect({"p.bpmn": source})}
