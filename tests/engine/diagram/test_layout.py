"""The layout: what it promises about every file, and what it does to known ones."""

from collections import Counter

import pytest
from lxml import etree

from engine.diagram import NotDrawn, judge, lay_out, render_svg
from engine.diagram.drawing import Edge, Shape, read_drawing
from engine.diagram.notation import BPMN, BPMNDI
from tests.engine.diagram.pictures import (
    flow,
    lanes,
    picture,
    process,
    shape,
    task,
    undrawn,
)
from tests.engine.diagram.random_models import random_model

START, END = '<startEvent id="s" name="开始"/>', '<endEvent id="e" name="结束"/>'
LINE = START + task("a") + END + flow("f1", "s", "a") + flow("f2", "a", "e")


def drawn(source: bytes) -> tuple[dict[str, Shape], dict[str, Edge]]:
    plane = read_drawing(source).plane(None)
    return {s.id: s for s in plane.shapes}, {e.id: e for e in plane.edges}


def has_no_fault(source: bytes) -> bool:
    return [str(p.what) for p in judge(source).problems if p.severity == "error"] == []


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 5, 6])
def test_random_models_with_lanes_are_laid_out_without_fault(seed: int):
    assert has_no_fault(lay_out(random_model(seed, size=5)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 120))
def test_larger_random_models_are_laid_out_without_fault(seed: int):
    assert has_no_fault(lay_out(random_model(seed, size=14)))


def test_the_same_file_is_always_laid_out_alike():
    once = lay_out(random_model(3, size=5))

    assert lay_out(random_model(3, size=5)) == once
    assert lay_out(once) == once


def test_everything_but_the_drawing_stays_as_it_was():
    rich = (
        '<userTask id="a" name="办理"><documentation>先看 &lt;资料&gt;</documentation>'
        '<extensionElements><z:property xmlns:z="urn:z" name="clause" value="PQ-1"/>'
        "</extensionElements></userTask>"
    )
    source = picture(
        process(START + rich + END + flow("f1", "s", "a")), shape("a", 0, 0, 1, 1)
    )

    laid = lay_out(source)

    assert words(laid) == words(source)


def words(source: bytes) -> list[tuple[str, dict[str, str], str]]:
    root = etree.fromstring(source)
    for found in root.findall(f"{{{BPMNDI}}}BPMNDiagram"):
        root.remove(found)
    return [
        (
            str(element.tag),
            {str(k): str(v) for k, v in element.attrib.items()},
            text(element),
        )
        for element in root.iter()
    ]


def text(element: etree._Element) -> str:
    return (element.text or "").strip()


def test_shapes_have_their_usual_sizes():
    shapes, _ = drawn(lay_out(undrawn(process(LINE + '<exclusiveGateway id="g"/>'))))

    sizes = {id_: (found.box.width, found.box.height) for id_, found in shapes.items()}
    assert sizes == {"s": (36, 36), "a": (100, 80), "e": (36, 36), "g": (50, 50)}


def test_a_line_of_steps_lies_on_one_height_from_left_to_right():
    shapes, edges = drawn(lay_out(undrawn(process(LINE))))

    assert shapes["s"].box.right < shapes["a"].box.x
    assert shapes["a"].box.right < shapes["e"].box.x
    assert len({found.box.cy for found in shapes.values()}) == 1
    assert all(len(edge.points) == 2 for edge in edges.values())


def test_a_process_with_lanes_gets_a_pool_named_after_it():
    laid = lay_out(undrawn(process(lanes(clerk="s a", head="e") + LINE)))

    shapes, _ = drawn(laid)
    (pool,) = (found for found in shapes.values() if found.kind == "participant")
    assert pool.name == "投诉"
    assert pool.element.get("processRef") == "p"
    assert pool.box.contains(shapes["clerk"].box)
    assert shapes["clerk"].box.bottom == shapes["head"].box.y
    assert shapes["head"].box.contains(shapes["e"].box)


def test_a_process_without_lanes_gets_no_pool():
    laid = lay_out(undrawn(process(LINE)))

    assert f"{{{BPMN}}}collaboration" not in {child.tag for child in etree.fromstring(laid)}


def test_an_existing_pool_keeps_its_id():
    model = (
        '<collaboration id="c"><participant id="mine" name="公司" processRef="p"/>'
        f"</collaboration>{process(lanes(clerk='s a e') + LINE)}"
    )

    shapes, _ = drawn(lay_out(undrawn(model)))

    assert shapes["mine"].box.contains(shapes["clerk"].box)


CHOICE = (
    START
    + '<exclusiveGateway id="g" name="属实？" default="f3"/>'
    + task("a")
    + task("b")
    + '<exclusiveGateway id="m"/>'
    + END
    + flow("f1", "s", "g")
    + flow("f2", "g", "b", "不属实")
    + flow("f3", "g", "a", "属实")
    + flow("f4", "a", "m")
    + flow("f5", "b", "m")
    + flow("f6", "m", "e")
)


def test_the_default_way_is_straight_and_the_exception_below():
    shapes, edges = drawn(lay_out(undrawn(process(CHOICE))))

    straight = {shapes[id_].box.cy for id_ in ("s", "g", "a", "m", "e")}
    assert len(straight) == 1
    assert shapes["b"].box.cy > shapes["a"].box.cy
    assert len(edges["f3"].points) == 2


def test_questions_and_answers_have_places_of_their_own():
    shapes, edges = drawn(lay_out(undrawn(process(CHOICE))))

    assert shapes["g"].label is not None
    assert edges["f2"].label is not None
    assert has_no_fault(lay_out(undrawn(process(CHOICE))))


def test_a_return_goes_around_the_steps():
    looped = CHOICE.replace('sourceRef="b" targetRef="m"', 'sourceRef="b" targetRef="s2"')
    model = (
        looped.replace('targetRef="g"', 'targetRef="s2"')
        + task("s2")
        + flow("f7", "s2", "g")
    )

    laid = lay_out(undrawn(process(model)))

    assert has_no_fault(laid)
    assert judge(laid).crossings == 0


def test_events_on_a_border_sit_on_the_lower_border_of_their_host():
    timers = "".join(
        f'<boundaryEvent id="{name}" name="超时" attachedToRef="a"/>{task("after" + name)}'
        + flow("f" + name, name, "after" + name)
        for name in ("t", "u")
    )

    laid = lay_out(undrawn(process(LINE + timers)))

    shapes, edges = drawn(laid)
    assert has_no_fault(laid)
    for name in ("t", "u"):
        assert shapes[name].box.cy == shapes["a"].box.bottom
        assert edges["f" + name].points[0].y == shapes[name].box.bottom


def test_an_expanded_sub_process_holds_its_steps_and_a_collapsed_one_has_its_own_picture():
    inner = START.replace('"s"', '"is"') + task("ia") + flow("if", "is", "ia")
    model = process(
        START
        + f'<subProcess id="sub" name="会审">{inner}</subProcess>'
        + flow("f", "s", "sub")
    )

    opened = lay_out(undrawn(model))
    closed = lay_out(picture(model, shape("sub", 0, 0, 100, 80)))

    shapes, _ = drawn(opened)
    assert shapes["sub"].box.contains(shapes["ia"].box)
    assert has_no_fault(opened)
    assert [plane.element_id for plane in read_drawing(closed).planes] == ["p", "sub"]
    assert "ia" in render_svg(closed, "sub")
    assert has_no_fault(closed)


POOLS = (
    '<collaboration id="c"><participant id="customer" name="客户"/>'
    '<participant id="firm" name="公司" processRef="p"/>'
    '<messageFlow id="call" name="来电" sourceRef="customer" targetRef="s"/>'
    '<messageFlow id="reply" name="答复" sourceRef="a" targetRef="customer"/>'
    "</collaboration>" + process(lanes(clerk="s", head="a e") + LINE)
)


def test_message_flows_join_steps_and_pools_upright():
    laid = lay_out(undrawn(POOLS))

    shapes, edges = drawn(laid)
    assert has_no_fault(laid)
    assert edges["call"].points[0].y == shapes["customer"].box.bottom
    assert edges["reply"].points[-1].y == shapes["customer"].box.bottom


def test_remarks_and_data_stand_in_the_column_of_their_step():
    beside = (
        '<textAnnotation id="n"><text>复述并确认</text></textAnnotation>'
        '<association id="l" sourceRef="a" targetRef="n"/>'
        '<dataObjectReference id="d" name="反馈表"/>'
        '<association id="k" sourceRef="a" targetRef="d"/>'
        '<textAnnotation id="m"><text>第 5 条</text></textAnnotation>'
        '<association id="j" sourceRef="m" targetRef="f2"/>'
    )

    laid = lay_out(undrawn(process(LINE + beside)))

    shapes, _ = drawn(laid)
    assert has_no_fault(laid)
    assert {shapes[id_].box.cx for id_ in ("n", "d", "m")} == {shapes["a"].box.cx}


def test_event_sub_processes_stand_aside():
    aside = (
        '<subProcess id="x" name="撤诉" triggeredByEvent="true">'
        '<startEvent id="xs" name="撤诉"/>'
        f"{task('xa')}{flow('xf', 'xs', 'xa')}</subProcess>"
    )
    model = process(lanes(upper="s a x", lower="e") + LINE + aside)

    assert has_no_fault(lay_out(undrawn(model)))


def test_what_lies_in_a_sub_process_keeps_clear_of_the_events_on_its_border():
    inside = (
        '<startEvent id="xs" name="开始"/>'
        f"{task('xa')}"
        '<boundaryEvent id="undo" name="撤销" attachedToRef="xa">'
        "<compensateEventDefinition/></boundaryEvent>"
        '<userTask id="xb" name="退回" isForCompensation="true"/>'
        '<association id="as" sourceRef="undo" targetRef="xb"/>'
        f"{flow('xf', 'xs', 'xa')}"
    )
    model = process(
        LINE + f'<transaction id="x" name="换货">{inside}</transaction>'
        '<boundaryEvent id="gone" name="取消" attachedToRef="x">'
        "<cancelEventDefinition/></boundaryEvent>" + flow("gone-e", "gone", "e")
    )

    assert has_no_fault(lay_out(undrawn(model)))


def test_several_processes_without_collaboration_stand_in_pools():
    other = process(LINE.replace('id="', 'id="o').replace('Ref="', 'Ref="o'))
    model = process(LINE) + other.replace('id="p"', 'id="q"')

    laid = lay_out(undrawn(model))

    kinds = Counter(found.kind for found in drawn(laid)[0].values())
    assert kinds["participant"] == 2
    assert has_no_fault(laid)


def test_a_group_surrounds_its_members():
    member = "<categoryValueRef>v</categoryValueRef>"
    grouped = LINE.replace(task("a"), f'<userTask id="a" name="办理">{member}</userTask>')
    model = process(grouped + '<group id="g" categoryValueRef="v"/>')

    shapes, _ = drawn(lay_out(undrawn(model)))

    assert shapes["g"].box.contains(shapes["a"].box)


def test_names_that_the_file_does_not_know_are_written_with_prefixes():
    source = f'<definitions xmlns="{BPMN}">{process(LINE)}</definitions>'.encode()

    assert b"<bpmndi:BPMNShape" in lay_out(source)


def test_it_refuses_a_file_without_a_process():
    with pytest.raises(NotDrawn, match="Expected a file with a process"):
        lay_out(undrawn("<error/>"))


def test_it_refuses_an_event_on_the_border_of_nothing():
    stray = '<boundaryEvent id="b" attachedToRef="nowhere"/>'

    with pytest.raises(NotDrawn, match="no nowhere beside it"):
        lay_out(undrawn(process(LINE + stray)))


def test_flows_to_nowhere_are_left_for_the_judge():
    laid = lay_out(undrawn(process(LINE + flow("f3", "a", "nowhere"))))

    assert [problem.element for problem in judge(laid).problems] == ["f3"]
