"""Unsound flows are found and told in words; sound ones are left alone."""

import pytest

from engine.language import say
from engine.markup import parse_xml
from engine.model import Finding
from engine.policy.soundness.exploration import Exploration, explore
from engine.policy.soundness.judgement import judge_flow
from engine.policy.soundness.reading import read_graph, scopes
from engine.policy.soundness.reduction import reduce
from tests.engine.policy.soundness.diagrams import RandomModel, diagram

XOR, AND, OR, TASK = "exclusiveGateway", "parallelGateway", "inclusiveGateway", "userTask"
ENDS = "startEvent s endEvent e"


def findings(xml: bytes) -> list[Finding]:
    return judge_flow("a.bpmn", parse_xml(xml))


def rules(xml: bytes) -> list[str]:
    return [finding.rule for finding in findings(xml)]


def test_a_straight_line_is_sound() -> None:
    assert not findings(diagram(f"{ENDS} {TASK} t", "s>t t>e"))


def test_a_choice_into_a_parallel_join_stands_still() -> None:
    xml = diagram(
        f"{ENDS} {XOR} choose {TASK} a {TASK} b {AND} join",
        "s>choose choose>a choose>b a>join b>join join>e",
    )

    [finding] = findings(xml)

    assert (finding.rule, finding.element) == ("flow-stands-still", "join")
    assert str(finding.what) == (
        "“JOIN” waits for all its incoming paths, but after “CHOOSE” only one of them is "
        "taken, so that the case stands still there for ever."
    )
    assert "“JOIN”" in say(finding.what, "zh_CN")


def test_a_fork_into_a_merge_happens_twice() -> None:
    xml = diagram(
        f"{ENDS} {AND} fork {TASK} a {TASK} b {XOR} merge {TASK} after",
        "s>fork fork>a fork>b a>merge b>merge merge>after after>e",
    )

    [finding] = findings(xml)

    assert (finding.rule, finding.element) == ("flow-happens-twice", "merge")
    assert str(finding.what).startswith("After “FORK” several paths run at the same time")


def test_two_flows_out_of_a_task_are_a_fork() -> None:
    xml = diagram(f"{ENDS} {TASK} t {TASK} a {TASK} b {TASK} c", "s>t t>a t>b a>c b>c c>e")

    assert rules(xml) == ["flow-happens-twice"]


def test_a_loop_out_of_a_fork_happens_again() -> None:
    xml = diagram(
        f"{ENDS} {XOR} merge {AND} fork {TASK} a",
        "s>merge merge>fork fork>a a>merge fork>e",
    )

    assert "flow-happens-twice" in rules(xml)


def test_a_loop_without_a_way_out_never_ends() -> None:
    xml = diagram(f"{ENDS} {XOR} merge {TASK} a {TASK} b", "s>merge merge>a a>b b>merge")

    found = findings(xml)

    assert [finding.rule for finding in found] == ["flow-never-ends", "flow-unreachable"]


def test_a_step_that_nothing_leads_to_is_told_as_a_warning() -> None:
    xml = diagram(f"{ENDS} {TASK} t {TASK} lost {TASK} more", "s>t t>e lost>more more>e")

    [finding] = findings(xml)

    assert (finding.rule, finding.severity) == ("flow-unreachable", "warning")
    assert str(finding.what) == "No case ever comes to “LOST”, “MORE”."


def test_an_inclusive_pair_is_sound() -> None:
    xml = diagram(
        f"{ENDS} {OR} split {TASK} a {TASK} b {OR} join",
        "s>split split>a split>b a>join b>join join>e",
    )

    assert not findings(xml)


def test_a_terminating_end_takes_the_other_path_away() -> None:
    stop = '<endEvent id="stop"><terminateEventDefinition id="x"/></endEvent>'
    xml = diagram(
        f"startEvent s {AND} fork {TASK} a", "s>fork fork>a fork>stop a>stop", stop
    )

    assert not findings(xml)


@pytest.mark.parametrize(("interrupts", "expected"), [("true", []), ("false", True)])
def test_an_event_beside_a_task_must_not_come_back_into_its_path(
    interrupts: str, expected: object
) -> None:
    late = (
        f'<boundaryEvent id="late" attachedToRef="t" cancelActivity="{interrupts}">'
        '<timerEventDefinition id="x"/></boundaryEvent>'
    )
    xml = diagram(f"{ENDS} {TASK} t {TASK} after", "s>t t>after late>after after>e", late)

    assert bool(rules(xml)) == bool(expected)


def test_a_sub_process_is_judged_by_itself() -> None:
    inside = diagram(f"{ENDS} {XOR} x {AND} j", "s>x x>j x>j j>e").decode()
    inside = inside.partition('isExecutable="true">')[2].partition("</process>")[0]
    nested = f'<subProcess id="sub">{inside}</subProcess>'
    xml = diagram("startEvent s0 endEvent e0", "s0>sub sub>e0", nested)

    assert rules(xml) == ["flow-stands-still"]


def test_links_join_what_they_name() -> None:
    links = (
        '<intermediateThrowEvent id="out"><linkEventDefinition id="x" name="A"/>'
        '</intermediateThrowEvent><intermediateCatchEvent id="in">'
        '<linkEventDefinition id="y" name="A"/></intermediateCatchEvent>'
    )

    assert not findings(diagram(ENDS, "s>out in>e", links))


def test_an_unnamed_gateway_is_called_by_what_stands_before_it() -> None:
    xml = diagram(
        f"{ENDS} {TASK} t {XOR} x {TASK} a {TASK} b {AND} j",
        "s>t t>x x>a x>b a>j b>j j>e",
    )
    xml = xml.replace(b' name="X"', b"").replace(b' name="J"', b"")

    assert str(findings(xml)[0].what).startswith(
        "the gateway after “A” waits for all its incoming paths, "
        "but after the gateway after “T” only one"
    )


@pytest.mark.parametrize("seed", range(25))
def test_block_structured_models_are_sound_and_their_faults_are_found(seed: int) -> None:
    model = RandomModel(seed, 25)

    stuck = model.with_fault("exclusiveGateway")
    twice = model.with_fault("parallelGateway")

    assert not findings(model.xml())
    assert stuck is None or {"flow-stands-still", "flow-too-entangled"} & set(rules(stuck))
    assert twice is None or {"flow-happens-twice", "flow-too-entangled"} & set(rules(twice))


@pytest.mark.parametrize("seed", range(40))
def test_the_reduced_graph_is_as_sound_as_the_whole(seed: int) -> None:
    model = RandomModel(seed, 7)
    names = [name for name, kind in model.nodes if kind != "startEvent"]
    place = model.random.randrange(len(model.flows))
    model.flows[place] = (model.flows[place][0], model.random.choice(names))
    whole = read_graph(next(scopes(parse_xml(model.xml()))))
    small = whole.copy()

    reduce(small)

    seen, less = explore(whole), explore(small)
    assert seen.gave_up or less.gave_up or is_faulty(seen) == is_faulty(less)


def is_faulty(seen: Exploration) -> bool:
    return bool(seen.doubled or seen.stuck or seen.endless)
