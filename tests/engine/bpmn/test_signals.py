"""Signals: everybody in the case who waits for one catches it, at the same instant."""

import pytest

from engine.bpmn import Signal, inspect
from tests.engine.bpmn.models import (
    boundary,
    call,
    catch,
    diagram,
    duration,
    each,
    element,
    end,
    event_sub,
    first_of,
    flows,
    fork,
    mapping,
    of_signal,
    process,
    signal,
    start,
    sub,
    throw,
    user,
)
from tests.engine.bpmn.stage import Stage, play

THROWN = mapping(inputs={"what": "= subject"})


def beside(*parts: str, thrower: str = "", **variables: object) -> Stage:
    """Play *parts* beside a task after which the signal ``stop`` is thrown."""
    return play(
        start(),
        fork("split"),
        user("go"),
        thrower or throw("call-out", of_signal("stop"), THROWN),
        end("thrown"),
        flows("start", "split", "go", "call-out", "thrown"),
        *parts,
        signal("stop"),
        **{"subject": "hose", **variables},  # type: ignore[arg-type]
    )


def test_a_signal_is_caught_by_everybody_who_waits() -> None:
    stage = beside(
        catch("one", of_signal("stop")),
        catch("two", of_signal("stop")),
        catch("other", of_signal("go-on")),
        *(user(name) for name in ("a", "b", "c")),
        *(end(f"end-{name}") for name in "abc"),
        flows("split", "one", "a", "end-a"),
        flows("split", "two", "b", "end-b"),
        flows("split", "other", "c", "end-c"),
        signal("go-on"),
    )
    assert stage.places == ["go", "one", "other", "two"]
    assert stage.subscription("one").kind == "signal"
    assert (stage.subscription("one").message, stage.subscription("one").key) == (
        "stop",
        None,
    )

    stage.complete("go")

    assert stage.places == ["a", "b", "other"]
    assert stage.last.signals == (Signal("stop", {"what": "hose"}),)
    assert stage.variables == {"subject": "hose", "what": "hose"}


def test_a_signal_is_not_kept_for_later() -> None:
    stage = play(
        start(),
        throw("call-out", of_signal("stop")),
        catch("late", of_signal("stop")),
        end(),
        flows("start", "call-out", "late", "end"),
        signal("stop"),
    )

    assert stage.places == ["late"]
    assert stage.deliver("late").ended


@pytest.mark.parametrize(("interrupting", "left"), [(True, []), (False, ["work"])])
def test_a_signal_at_the_border(interrupting: bool, left: list[str]) -> None:
    stage = beside(
        user("work"),
        boundary("heard", "work", of_signal("stop"), interrupting=interrupting),
        user("look"),
        end("done"),
        end("seen"),
        flows("split", "work", "done"),
        flows("heard", "look", "seen"),
    ).complete("go")

    assert [place for place in stage.places if place != "heard"] == ["look", *left]
    assert ("heard" in stage.places) is not interrupting


def test_a_signal_comes_to_a_border_as_often_as_it_is_thrown() -> None:
    stage = beside(
        user("work"),
        boundary("heard", "work", of_signal("stop"), interrupting=False),
        user("look"),
        end("done"),
        end("seen"),
        flows("split", "work", "done"),
        flows("heard", "look", "seen"),
    )

    stage.deliver("heard", number=1).complete("go").deliver("heard", number=2)

    assert stage.places == ["heard", "look", "look", "look", "work"]


def test_an_end_may_throw_and_everybody_around_hears_it() -> None:
    stage = play(
        start(),
        fork("split"),
        call("ask", "q"),
        catch("wait", of_signal("stop")),
        end(),
        end("heard-it"),
        flows("start", "split", "ask", "end"),
        flows("split", "wait", "heard-it"),
        process(
            "q",
            start("s"),
            sub("part", start("s2"), user("x"), end("e2", of_signal("stop")), *_inner()),
            end("e"),
            flows("s", "part", "e"),
        ),
        signal("stop"),
    )

    stage.complete("x")

    assert stage.ended
    assert stage.last.end_events == ("heard-it", "end")


def _inner() -> tuple[str, ...]:
    return (flows("s2", "x", "e2"),)


def test_a_signal_from_inside_may_end_the_thrower() -> None:
    stage = play(
        start(),
        sub(
            "part",
            start("s"),
            user("x"),
            throw("call-out", of_signal("stop")),
            user("y"),
            end("e"),
            flows("s", "x", "call-out", "y", "e"),
        ),
        boundary("heard", "part", of_signal("stop")),
        end(),
        end("stopped"),
        flows("start", "part", "end"),
        flows("heard", "stopped"),
        signal("stop"),
    )

    stage.complete("x")

    assert stage.ended
    assert stage.last.end_events == ("stopped",)
    assert "y" not in stage.events("entered")
    assert "call-out" not in stage.events("cancelled")


def test_the_oldest_hears_first_and_one_that_is_withdrawn_does_not() -> None:
    stage = beside(
        sub(
            "part",
            start("s"),
            catch("inner", of_signal("stop")),
            user("after"),
            end("e"),
            flows("s", "inner", "after", "e"),
        ),
        boundary("heard", "part", of_signal("stop")),
        user("look"),
        end("done"),
        end("seen"),
        flows("split", "part", "done"),
        flows("heard", "look", "seen"),
    )

    stage.complete("go")

    assert stage.places == ["look"]
    assert stage.events("cancelled") == ["inner", "part"]


def test_a_signal_may_decide_at_an_event_gateway() -> None:
    stage = beside(
        first_of("race"),
        catch("called", of_signal("stop")),
        catch("late", duration("PT1H")),
        user("a"),
        user("b"),
        end("end-a"),
        end("end-b"),
        flows("split", "race", "called", "a", "end-a"),
        flows("race", "late", "b", "end-b"),
    ).complete("go")

    assert stage.places == ["a"]
    assert "race-called" in stage.way()


def test_names_of_signals_may_be_feel() -> None:
    stage = beside(
        catch("mine", of_signal("named")),
        end("caught"),
        flows("split", "mine", "caught"),
        signal("named", '= "recall-" + subject'),
        thrower=throw("call-out", of_signal("named")),
    )
    assert stage.subscription("mine").message == "recall-hose"

    assert stage.complete("go").ended
    assert stage.last.signals == (Signal("recall-hose", {}),)


@pytest.mark.parametrize("where", ["catch", "throw"])
def test_an_unclear_name_of_a_signal_is_an_incident(where: str) -> None:
    part = catch if where == "catch" else throw
    stage = play(
        start(),
        part("x", of_signal("named")),
        end(),
        flows("start", "x", "end"),
        signal("named", "= name"),
    )
    assert stage.incidents == {"x": "signal"}

    stage.correct(name="stop").retry("x")

    assert not stage.incidents
    assert stage.ended is (where == "throw")


def test_output_mappings_pick_from_what_a_signal_brings() -> None:
    stage = beside(
        catch("one", of_signal("stop"), mapping(outputs={"heard": "= what"})),
        end("caught"),
        flows("split", "one", "caught"),
    ).complete("go")

    assert stage.variables == {"subject": "hose", "heard": "hose"}


def test_a_signal_starts_a_process() -> None:
    model = (
        start("by-hand"),
        start("recalled", of_signal("recall")),
        user("read"),
        end(),
        flows("by-hand", "read", "end"),
        flows("recalled", "read"),
        signal("recall"),
    )
    begun = play(*model)

    stage = Stage(begun.source, {"model": "X"}, start_event="recalled")

    (_, by_signal) = begun.definitions.processes["p"].starts
    assert (by_signal.kind, by_signal.signal_name) == ("signal", "recall")
    assert stage.variables == {"model": "X"}
    assert stage.places == ["read"]


def test_each_instance_hears_for_itself() -> None:
    stage = beside(
        user("work", each("= [1, 2]")),
        boundary("heard", "work", of_signal("stop")),
        user("look"),
        end("done"),
        end("seen"),
        flows("split", "work", "done"),
        flows("heard", "look", "seen"),
    ).complete("go")
    assert stage.places == ["look"]

    inside = (
        start("s"),
        user("task"),
        catch("wait", of_signal("stop")),
        end("e"),
        flows("s", "task", "wait", "e"),
    )
    stage = beside(
        sub("work", *inside, each("= [1, 2, 3]")),
        end("done"),
        flows("split", "work", "done"),
    )
    stage.complete("task").complete("task").complete("go")
    assert stage.places == ["task"]
    assert not stage.complete("task").ended


def test_a_receive_task_hears_no_signal() -> None:
    stage = beside(
        event_sub(
            "heard", user("look"), end("seen"), *_seen(), begins=(of_signal("stop"),)
        ),
        user("work"),
        end("done"),
        flows("split", "work", "done"),
    ).complete("go")

    assert stage.places == ["look"]


def _seen() -> tuple[str, ...]:
    return (flows("heard-start", "look", "seen"),)


@pytest.mark.parametrize(
    ("part", "rule"),
    [
        (element("startEvent", "x", of_signal("feel")), "bpmn-signal-fixed"),
        (catch("x", of_signal("none")), "bpmn-signal-name"),
        (end("x", of_signal("unnamed")), "bpmn-signal-name"),
    ],
)
def test_a_signal_has_a_name(part: str, rule: str) -> None:
    unnamed = '<bpmn:signal id="unnamed"/>'
    source = diagram(process("p", part, flows("x", "x")), signal("feel", "= a"), unnamed)

    assert rule in {problem.rule for problem in inspect({"p.bpmn": source})}
