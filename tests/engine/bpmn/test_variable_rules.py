"""Variables go where Camunda 8 lets them go, for each kind of element."""

import pytest

from tests.engine.bpmn.models import (
    boundary,
    call,
    catch,
    each,
    element,
    end,
    error,
    flows,
    mapping,
    message,
    of_error,
    of_message,
    process,
    script,
    service,
    start,
    sub,
    user,
    zeebe,
)
from tests.engine.bpmn.stage import Stage, play


def single(part: str, *beside: str, **variables: object) -> Stage:
    """Play a process with *part*, whose id is x."""
    return play(start(), part, end(), flows("start", "x", "end"), *beside, **variables)


@pytest.mark.parametrize(
    ("inputs", "local"),
    [
        ({"a": "= n"}, {"a": 1}),
        ({"a": "= n", "b": "= a + 1"}, {"a": 1, "b": 2}),
        ({"n": "= n + 1", "m": "= n"}, {"n": 2, "m": 2}),
        ({"a": "= missing"}, {"a": None}),
        ({"a": "= c.missing"}, {"a": None}),
        ({"a": "fixed"}, {"a": "fixed"}),
        ({"a.b": "= n"}, {"a": {"b": 1}}),
        ({"a.b": "= n", "a.c": "= a.b + 1"}, {"a": {"b": 1, "c": 2}}),
        ({"a.b.c": "= n", "a.b.d": "= 2"}, {"a": {"b": {"c": 1, "d": 2}}}),
        ({"c.p": "= n"}, {"c": {"p": 1}}),  # A new local variable, not the case's.
        ({"a": "= 1", "a.b": "= 2"}, {"a": {"b": 2}}),
    ],
)
def test_inputs_are_local_and_are_made_in_order(
    inputs: dict[str, str], local: dict[str, object]
) -> None:
    stage = single(user("x", mapping(inputs=inputs)), n=1, c={"q": 1})

    assert stage.task("x").local == local
    assert stage.complete("x").variables == {"n": 1, "c": {"q": 1}}


@pytest.mark.parametrize(
    ("outputs", "given", "written"),
    [
        (None, {"n": 2, "new": 3}, {"n": 2, "new": 3}),
        ({"n": "= answer"}, {"answer": 2, "aside": 3}, {"n": 2}),
        ({"m": "= answer", "k": "= m + 1"}, {"answer": 2}, {"m": 2, "k": 3}),
        ({"c.p": "= answer"}, {"answer": 2}, {"c": {"q": 1, "p": 2}}),
        ({"c.q.r": "= answer"}, {"answer": 2}, {"c": {"q": {"r": 2}}}),
        ({"n.p": "= answer"}, {"answer": 2}, {"n": {"p": 2}}),
        ({"c.p": "= 1", "c.r": "= c.p + 1"}, {}, {"c": {"q": 1, "p": 1, "r": 2}}),
        ({"n": "= missing"}, {}, {"n": None}),
    ],
)
def test_outputs_say_what_goes_out(
    outputs: dict[str, str] | None, given: dict[str, object], written: dict[str, object]
) -> None:
    stage = single(user("x", mapping(outputs=outputs)), n=1, c={"q": 1})

    stage.complete("x", **given)

    assert stage.variables == {"n": 1, "c": {"q": 1}, **written}


TAKING = {
    "user": (user("x", "{}"), "complete"),
    "job": (service("x", "notify", "{}"), "finish"),
    "receive": (element("receiveTask", "x", "{}", messageRef="m"), "deliver"),
    "catch": (catch("x", "{}", of_message("m")), "deliver"),
}


@pytest.mark.parametrize("kind", TAKING)
@pytest.mark.parametrize("mapped", [True, False])
def test_what_comes_from_outside_goes_out_by_the_same_rules(
    kind: str, mapped: bool
) -> None:
    part, step = TAKING[kind]
    marks = mapping(outputs={"answer": "= given"}) if mapped else ""
    filled = part.replace("{}", "")
    if mapped:
        open_tag, rest = filled.split(">", 1)
        inside = f"<bpmn:extensionElements>{marks}"
        filled = (
            f"{open_tag}>{rest.replace('<bpmn:extensionElements>', inside, 1)}"
            if "<bpmn:extensionElements>" in rest
            else f"{open_tag}>{inside}</bpmn:extensionElements>{rest}"
        )
    beside = (message("m", "= 1"),) if step == "deliver" else ()
    stage = single(filled, *beside, n=1)

    getattr(stage, step)("x", given=5, n=2)

    assert stage.ended
    assert stage.variables == ({"n": 1, "answer": 5} if mapped else {"n": 2, "given": 5})


@pytest.mark.parametrize("kind", ["script", "local", "mapped"])
def test_results_go_out_unless_they_are_local_or_mapped(kind: str) -> None:
    marks = {
        "local": mapping(inputs={"r": "= 0"}),
        "mapped": mapping(outputs={"s": "= r + 1"}),
    }.get(kind, "")
    part = script("x", "= 1 + 1", "r").replace("<zeebe:script", f"{marks}<zeebe:script")
    written = {"local": {"r": 9}, "mapped": {"r": 9, "s": 3}}.get(kind, {"r": 2})

    assert single(part, r=9).variables == written


def scoped(outputs: dict[str, str] | None = None, **variables: object) -> Stage:
    """Do a task in a sub-process that has a local variable."""
    return single(
        sub(
            "x",
            mapping(inputs={"mine": "= n"}, outputs=outputs),
            start("s"),
            user("inner"),
            end("e"),
            flows("s", "inner", "e"),
        ),
        **variables,
    )


def test_a_sub_process_keeps_its_own_variables_and_lets_others_out() -> None:
    stage = scoped(n=1).complete("inner", mine=5, n=2, new=3)

    assert stage.variables == {"n": 2, "new": 3}


def test_a_sub_process_hands_out_what_its_outputs_name() -> None:
    stage = scoped({"result": "= mine * 10"}, n=1).complete("inner", mine=5)

    assert stage.variables == {"n": 1, "result": 50}


def calling(*marks: str, writes: dict[str, object], **settings: str) -> Stage:
    """Call a process whose task writes; n and m are the case's."""
    inner = process("q", start("s"), user("y"), end("e"), flows("s", "y", "e"))
    stage = single(call("x", "q", *marks, **settings), inner, n=1, m=2)
    stage.seen = dict(stage.execution.visible(stage.token("y")))
    return stage.complete("y", **writes)


@pytest.mark.parametrize("all_in", [True, False])
@pytest.mark.parametrize("all_out", [True, False])
def test_calls_hand_in_and_out_as_they_say(all_in: bool, all_out: bool) -> None:
    stage = calling(
        mapping(inputs={"given": "= n + 10"}),
        writes={"n": 5, "new": 6},
        propagateAllParentVariables=str(all_in).lower(),
        propagateAllChildVariables=str(all_out).lower(),
    )

    seen = {"n": 1, "m": 2, "given": 11} if all_in else {"given": 11}
    assert stage.seen == seen
    assert stage.variables == ({"n": 5, "m": 2, "new": 6} if all_out else {"n": 1, "m": 2})


@pytest.mark.parametrize("all_out", [True, False])
def test_outputs_of_a_call_name_all_that_it_hands_out(all_out: bool) -> None:
    stage = calling(
        mapping(outputs={"result": "= new + n"}),
        writes={"n": 5, "new": 6},
        propagateAllChildVariables=str(all_out).lower(),
    )

    assert stage.variables == {"n": 1, "m": 2, "result": 11}


def test_what_a_call_was_given_and_did_not_write_is_not_handed_out() -> None:
    stage = calling(mapping(inputs={"given": "= n"}), writes={"new": 6})

    assert stage.variables == {"n": 1, "m": 2, "new": 6}


def collecting(output: str, *marks: str, **variables: object) -> Stage:
    listed = {"outputCollection": "all", "outputElement": output}
    return single(user("x", *marks, each("= [1, 2]", **listed)), **variables)


@pytest.mark.parametrize(
    ("output", "writes", "collected", "outside"),
    [
        ("= r", {"r": 5}, 5, {}),
        ("= r.p", {"r": {"p": 5}}, 5, {}),
        ("= r", {}, None, {}),
        ("= item", {"item": 5}, 5, {}),
        ("= r + 1", {"r": 5}, 6, {"r": 5}),
        ("= other", {"other": 1, "shared": 2}, 1, {"shared": 2}),
    ],
)
def test_instances_collect_what_is_their_own(
    output: str, writes: dict[str, object], collected: object, outside: dict[str, object]
) -> None:
    stage = collecting(output).complete("x", **writes).complete("x", **writes)

    assert stage.variables == {"all": [collected, collected], **outside}


def test_outputs_of_an_instance_set_its_own_variables_first() -> None:
    marks = mapping(inputs={"mine": "= 0"}, outputs={"r": "= a", "mine": "= 1", "b": "= a"})
    stage = collecting("= r", marks, mine="kept").complete("x", a=3).complete("x", a=4)

    assert stage.variables == {"all": [3, 4], "b": 4, "mine": "kept"}


def test_a_list_is_handed_out_when_all_is_done_and_seen_inside_before() -> None:
    stage = collecting("= r", all="before").complete("x", r=1)
    assert stage.variables == {"all": "before"}
    assert stage.execution.visible(stage.token("x"))["all"] == [1, None]

    assert stage.complete("x", r=2).variables == {"all": [1, 2]}


def test_what_is_collected_goes_into_the_nearest_scope_that_has_it() -> None:
    listed = {"outputCollection": "all", "outputElement": "= r"}
    stage = single(
        sub(
            "x",
            mapping(inputs={"all": "= []"}, outputs={"count": "= count(all)"}),
            start("s"),
            user("y", each("= [1, 2]", **listed)),
            end("e"),
            flows("s", "y", "e"),
        )
    )

    stage.complete("y", r=1).complete("y", r=2)

    assert stage.variables == {"count": 2}


def bordered(event: str, *beside: str, marks: str = "") -> Stage:
    return single(
        service("x", "weigh"),
        boundary("hit", "x", marks, event),
        user("after"),
        end("over"),
        flows("hit", "after", "over"),
        *beside,
        n=1,
    )


@pytest.mark.parametrize("mapped", [True, False])
def test_a_boundary_message_writes_its_payload(mapped: bool) -> None:
    marks = mapping(outputs={"reason": "= why"}) if mapped else ""
    stage = bordered(of_message("m"), message("m", "= 1"), marks=marks)

    stage.deliver("hit", why="late", n=2)

    written = {"n": 1, "reason": "late"} if mapped else {"n": 2, "why": "late"}
    assert stage.variables == written


@pytest.mark.parametrize("mapped", [True, False])
def test_an_error_of_a_job_brings_what_the_job_says(mapped: bool) -> None:
    marks = mapping(outputs={"reason": "= why"}) if mapped else ""
    stage = bordered(of_error("E"), error("E", "scale"), marks=marks)
    execution = stage.execution
    values = {"why": "late", "n": 2}

    advance = execution.fail_job(stage.token("x"), "scale", values, stage.around)
    stage._keep(execution, advance)

    written = {"n": 1, "reason": "late"} if mapped else {"n": 2, "why": "late"}
    assert stage.variables == written


@pytest.mark.parametrize("mapped", [True, False])
def test_an_event_sub_process_keeps_what_its_trigger_maps(mapped: bool) -> None:
    marks = mapping(outputs={"reason": "= why"}) if mapped else ""
    stage = single(
        user("x"),
        sub(
            "aside",
            start("said", marks, of_message("m")),
            user("y"),
            end("e"),
            flows("said", "y", "e"),
            triggeredByEvent="true",
        ),
        message("m", "= 1"),
        n=1,
    )

    stage.deliver("said", why="late", n=2)

    seen = {"n": 1, "reason": "late"} if mapped else {"n": 2, "why": "late"}
    assert dict(stage.execution.visible(stage.token("y"))) == seen
    stage.complete("y", reason="changed")
    assert stage.variables == ({"n": 1} if mapped else {**seen, "reason": "changed"})


def test_a_start_event_maps_what_the_start_is_given() -> None:
    stage = play(
        start("start", mapping(outputs={"kind": "= form.kind"})),
        user("x"),
        end(),
        flows("start", "x", "end"),
        form={"kind": "noise"},
    )

    assert stage.variables == {"kind": "noise"}


def test_headers_and_inputs_of_a_job_see_local_variables() -> None:
    marks = mapping(inputs={"who": "= customer.name"})
    headers = zeebe("taskHeaders", zeebe("header", key="to", value="= who"))
    stage = single(service("x", "notify", marks, headers), customer={"name": "Chen"})

    job = stage.waiting[stage.token("x")]

    assert job.headers == {"to": "Chen"}
    assert job.inputs == {"who": "Chen"}
