"""The SVG renderer."""

import pytest
from lxml import etree

from engine.diagram import Mark, NotDrawn, render_svg
from tests.engine.diagram.pictures import edge, flow, picture, process, shape

MODEL = process(
    '<startEvent id="s" name="收到&lt;投诉&gt;"><messageEventDefinition/></startEvent>'
    '<userTask id="t" name="登记"/>'
    '<boundaryEvent id="b" attachedToRef="t" cancelActivity="false">'
    "<timerEventDefinition/></boundaryEvent>"
    '<exclusiveGateway id="g" name="属实？" default="f3"/><endEvent id="e"/>'
    + flow("f1", "s", "t")
    + flow("f2", "t", "g")
    + flow("f3", "g", "e", "是")
)
DRAWN = (
    shape("s", 0, 22, 36, 36)
    + shape("t", 100, 0, 100, 80)
    + shape("b", 160, 62, 36, 36)
    + shape("g", 260, 15, 50, 50, label="255 70 60 15")
    + shape("e", 400, 22, 36, 36)
    + edge("f1", (36, 40), (100, 40))
    + edge("f2", (200, 40), (260, 40))
    + edge("f3", (310, 40), (350, 40), (350, 60), (400, 60))
)
SVG = {"s": "http://www.w3.org/2000/svg"}


def drawn(**options: object) -> etree._Element:
    return etree.fromstring(render_svg(picture(MODEL, DRAWN), **options))  # type: ignore[arg-type]


def group(svg: etree._Element, element: str) -> etree._Element:
    (found,) = svg.xpath(f'//s:g[@data-element="{element}"]', namespaces=SVG)
    return found


def words(element: etree._Element, tag: str) -> list[str]:
    return ["".join(found.itertext()) for found in element.iterfind(f".//s:{tag}", SVG)]


def test_it_is_an_image_with_a_title_and_a_view_box():
    svg = drawn()

    assert svg.get("role") == "img"
    assert svg.get("viewBox") == "-28.72 -16 480.72 130"
    assert svg.findtext("s:title", None, SVG) == "投诉"
    assert svg.findtext("s:desc", None, SVG) == "共有 5 个步骤的流程。"


def test_it_writes_no_inline_style():
    svg = drawn(marks={"t": Mark("present", "王")}, taken=["f1"])

    assert not svg.xpath("//@style")
    assert not svg.xpath("//s:style", namespaces=SVG)


def test_it_draws_every_element_once():
    svg = drawn()

    drawn_ids = svg.xpath("//@data-element")
    assert sorted(drawn_ids) == ["b", "e", "f1", "f2", "f3", "g", "s", "t"]


def test_it_escapes_names():
    svg = drawn()

    assert words(group(svg, "s"), "text") == ["收到<投诉>"]


def test_it_tells_interrupting_from_non_interrupting_events():
    svg = drawn()

    assert "bpmn-non-interrupting" in group(svg, "b").get("class", "")
    assert "bpmn-non-interrupting" not in group(svg, "s").get("class", "")


def test_a_marked_element_has_class_badge_and_words():
    svg = drawn(marks={"t": Mark("incident", "规则没有命中")})

    marked = group(svg, "t")
    assert "is-incident" in marked.get("class", "")
    assert words(marked, "title") == ["登记\n人工任务\n因故障停在此处\n规则没有命中"]
    assert marked.xpath('.//*[@class="bpmn-badge"]')
    assert svg.findtext("s:desc", None, SVG) == "共有 5 个步骤的流程。因故障停在：登记。"


@pytest.mark.parametrize("state", ["done", "present", "waiting", "incident", "cancelled"])
def test_each_state_has_a_badge_of_its_own(state):
    marked = group(drawn(marks={"t": Mark(state)}), "t")

    others = {"done", "present", "waiting", "incident", "cancelled"} - {state}
    sign = badge(marked)
    assert all(
        badge(group(drawn(marks={"t": Mark(other)}), "t")) != sign for other in others
    )


def badge(marked: etree._Element) -> str:
    (sign,) = marked.xpath('.//s:path[contains(@class,"bpmn-badge-sign")]', namespaces=SVG)
    return sign.get("d", "")


def test_taken_flows_lie_on_top_of_the_others():
    svg = drawn(taken=["f1"])

    flows = svg.xpath('//s:g[contains(@class,"bpmn-flow")]', namespaces=SVG)
    assert flows[-1].get("data-element") == "f1"
    assert "is-taken" in flows[-1].get("class")


def test_a_default_flow_is_crossed_out_and_a_condition_of_a_task_has_a_diamond():
    condition = "<conditionExpression>= x</conditionExpression>"
    model = MODEL.replace(flow("f2", "t", "g"), flow("f2", "t", "g", more=condition))

    svg = etree.fromstring(render_svg(picture(model, DRAWN)))

    assert group(svg, "f3").xpath('.//*[contains(@class,"bpmn-slash")]')
    assert group(svg, "f2").xpath('.//*[contains(@class,"bpmn-tail")]')
    assert not group(svg, "f1").xpath('.//*[contains(@class,"bpmn-tail")]')


def test_bends_are_rounded_and_end_in_an_arrow():
    line, head = (
        path.get("d") for path in group(drawn(), "f3").xpath("s:path", namespaces=SVG)[:2]
    )

    assert line == "M310 40L344 40Q350 40 350 46L350 54Q350 60 356 60L400 60"
    assert head.endswith("z")


def test_a_long_name_breaks_between_chinese_characters():
    model = MODEL.replace('name="登记"', 'name="逐栏填写客户投诉登记反馈表"')

    svg = etree.fromstring(render_svg(picture(model, DRAWN)))

    assert words(group(svg, "t"), "tspan") == ["逐栏填写客户投", "诉登记反馈表"]


def test_it_hides_what_lies_inside_a_collapsed_sub_process():
    model = process('<subProcess id="sub"><userTask id="inner"/></subProcess>')
    both = shape("sub", 0, 0, 100, 80) + shape("inner", 0, 0, 100, 80)

    svg = etree.fromstring(render_svg(picture(model, both)))

    assert svg.xpath("//@data-element") == ["sub"]


def test_it_finds_the_picture_of_a_process_by_its_pool():
    model = (
        '<collaboration id="c"><participant id="pool" name="甲" processRef="p"/>'
        "</collaboration>" + process("")
    )

    svg = render_svg(picture(model, shape("pool", 0, 0, 300, 100), plane="c"), "p")

    assert "甲" in svg


def test_it_refuses_a_file_without_the_picture():
    with pytest.raises(NotDrawn, match="the file has none"):
        render_svg(picture(MODEL, DRAWN), "another")


def test_it_refuses_bounds_that_are_no_numbers():
    with pytest.raises(NotDrawn, match="Expected a number as x"):
        render_svg(picture(MODEL, shape("s", float("nan"), 0, 36, 36)))


def test_notes_are_written_at_the_element():
    svg = drawn(marks={"t": Mark("done", "3月2日 09:10\n王芳")}, notes=True)

    assert svg.get("class") == "bpmn bpmn-with-notes"
    notes = group(svg, "t").xpath('s:text[@class="bpmn-note"]', namespaces=SVG)
    assert [words(note, "tspan") for note in notes] == [["3月2日 09:10"], ["王芳"]]


@pytest.mark.parametrize("about", ["signal", "link", "conditional", "compensate", "cancel"])
def test_every_kind_of_event_has_a_sign_of_its_own(about: str):
    events = (
        f'<intermediateCatchEvent id="caught"><{about}EventDefinition/>'
        "</intermediateCatchEvent>"
        f'<intermediateThrowEvent id="thrown"><{about}EventDefinition/>'
        "</intermediateThrowEvent>"
    )
    places = shape("caught", 0, 0, 36, 36) + shape("thrown", 100, 0, 36, 36)

    svg = etree.fromstring(render_svg(picture(process(events), places)))

    looks = [group(svg, id_).xpath("s:g/s:path/@class", namespaces=SVG) for id_ in EVENTS]
    assert looks == [["bpmn-icon"], ["bpmn-icon bpmn-solid"]]


EVENTS = ("caught", "thrown")


def test_event_sub_processes_and_transactions_have_borders_of_their_own():
    model = process(
        '<subProcess id="x" triggeredByEvent="true">'
        '<startEvent id="xs" isInterrupting="false"><signalEventDefinition/></startEvent>'
        '</subProcess><transaction id="t"/>'
    )
    places = (
        shape("x", 0, 0, 200, 100, isExpanded="true")
        + shape("xs", 20, 30, 36, 36)
        + shape("t", 300, 0, 100, 80)
    )

    svg = etree.fromstring(render_svg(picture(model, places)))

    assert "bpmn-by-event" in group(svg, "x").get("class", "")
    assert "bpmn-non-interrupting" in group(svg, "xs").get("class", "")
    assert len(group(svg, "t").findall("s:rect", SVG)) == 2
