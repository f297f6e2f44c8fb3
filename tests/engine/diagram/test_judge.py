"""The judge of drawings: each rule with a drawing that breaks it and one that keeps it."""

import pytest

from engine.diagram import judge
from tests.engine.diagram.pictures import (
    edge,
    flow,
    lanes,
    picture,
    pooled,
    process,
    shape,
    task,
)

TWO = process(task("a") + task("b", "审批") + flow("f", "a", "b"))
A = shape("a", 0, 0, 100, 80)
B = shape("b", 200, 0, 100, 80)
F = edge("f", (100, 40), (200, 40))


def rules(model: str, drawn: str, plane: str = "p") -> set[str]:
    return {problem.rule for problem in judge(picture(model, drawn, plane)).problems}


def test_a_tidy_drawing_has_no_problem():
    report = judge(picture(TWO, A + B + F))

    assert report.problems == ()
    assert report.crossings == 0


@pytest.mark.parametrize("drawn", [A + F, A + B])
def test_every_shape_and_flow_must_be_drawn(drawn: str):
    assert "drawing-missing" in rules(TWO, drawn)


def test_a_file_without_any_drawing_misses_everything():
    report = judge(picture(TWO, ""))

    assert [problem.element for problem in report.problems] == ["a", "b", "f"]


@pytest.mark.parametrize(
    "way", [((100, 40), (190, 40)), ((90, 40), (200, 40)), ((100, 40),)]
)
def test_flows_must_touch_what_they_join(way: tuple[tuple[float, float], ...]):
    assert "drawing-loose-end" in rules(TWO, A + B + edge("f", *way))


def test_the_outline_of_a_gateway_is_slanted():
    model = process(
        '<exclusiveGateway id="g" name="？"/>' + task("b") + flow("f", "g", "b")
    )
    gateway = shape("g", 0, 0, 50, 50)

    assert rules(
        model, gateway + B + edge("f", (40, 15), (40, -9), (220, -9), (220, 0))
    ) == (set())
    assert rules(model, gateway + B + edge("f", (50, 10), (200, 10))) == {
        "drawing-loose-end"
    }


def test_shapes_may_not_cover_each_other():
    near = shape("b", 90, 10, 100, 80)

    assert "drawing-overlap" in rules(TWO, A + near + F)


def test_a_boundary_event_may_lie_on_its_host_but_not_on_another_step():
    model = process(
        task("a") + task("b") + '<boundaryEvent id="e" attachedToRef="a" name="超时"/>'
    )

    on_host = shape("e", 20, 62, 36, 36)
    on_other = shape("e", 220, 62, 36, 36)
    assert rules(model, A + B + on_host) == set()
    assert rules(model, A + B + on_other) == {"drawing-overlap"}


@pytest.mark.parametrize(
    ("label", "expected"),
    [("120 20 40 15", set()), ("80 20 40 15", {"drawing-overlap"})],
)
def test_names_may_not_cover_shapes(label: str, expected: set[str]):
    model = process(task("a") + task("b") + flow("f", "a", "b", "同意"))

    assert rules(model, A + B + edge("f", (100, 40), (200, 40), label=label)) == expected


def test_names_may_not_cover_each_other():
    model = process('<startEvent id="s" name="开始"/><endEvent id="e" name="结束"/>')
    start = shape("s", 0, 0, 36, 36, label="0 40 24 15")

    apart = shape("e", 60, 0, 36, 36, label="66 40 24 15")
    together = shape("e", 60, 0, 36, 36, label="12 44 24 15")
    assert rules(model, start + apart) == set()
    assert rules(model, start + together) == {"drawing-overlap"}


def test_flows_may_not_run_through_shapes():
    model = process(task("a") + task("b") + task("c") + flow("f", "a", "c"))
    c = shape("c", 400, 0, 100, 80)

    around = edge("f", (50, 80), (50, 120), (450, 120), (450, 80))
    through = edge("f", (100, 40), (400, 40))
    assert rules(model, A + B + c + around) == set()
    assert rules(model, A + B + c + through) == {"drawing-through-shape"}


def test_flows_may_not_run_through_names():
    model = process(task("a") + task("b") + flow("f", "a", "b", "同意"))

    on_the_line = edge("f", (100, 40), (200, 40), label="138 32 24 15")
    assert rules(model, A + B + on_the_line) == {"drawing-through-name"}


def test_flows_may_not_run_on_top_of_each_other():
    model = process(task("a") + task("b") + flow("f", "a", "b") + flow("g", "a", "b"))

    beside = edge("g", (100, 60), (200, 60))
    on_top = edge("g", (100, 41), (200, 41))
    assert rules(model, A + B + F + beside) == set()
    assert rules(model, A + B + F + on_top) == {"drawing-stacked-flows"}


def test_flows_run_level_and_upright():
    assert rules(TWO, A + B + edge("f", (100, 30), (200, 50))) == {"drawing-slanted"}


def test_crossings_are_counted():
    model = process(
        task("a")
        + task("b")
        + task("c")
        + task("d")
        + flow("f", "a", "b")
        + flow("g", "c", "d")
    )
    upper, lower = shape("c", 120, -200, 60, 80), shape("d", 120, 160, 60, 80)

    report = judge(
        picture(model, A + B + upper + lower + F + edge("g", (150, -120), (150, 160)))
    )

    assert report.problems == ()
    assert report.crossings == 1


def test_a_flow_to_the_left_is_a_warning_unless_it_returns():
    there = process(task("a") + task("b") + flow("f", "b", "a"))
    back = process(task("a") + task("b") + flow("f", "b", "a") + flow("g", "a", "b"))
    left = edge("f", (200, 60), (100, 60))

    (problem,) = judge(picture(there, A + B + left)).problems
    assert (problem.rule, problem.severity) == ("drawing-backward", "warning")
    assert rules(back, A + B + left + edge("g", (100, 20), (200, 20))) == set()


LANED = pooled(lanes(upper="a", lower="b") + task("a") + task("b"))
POOL = shape("pool", -80, -20, 500, 240)
UPPER = shape("upper", -50, -20, 470, 120)
LOWER = shape("lower", -50, 100, 470, 120)


def test_every_shape_lies_in_its_lane():
    inside = POOL + UPPER + LOWER + A + shape("b", 0, 120, 100, 80)
    outside = POOL + UPPER + LOWER + A + B

    assert rules(LANED, inside, "c") == set()
    assert rules(LANED, outside, "c") == {"drawing-lane"}


def test_every_step_belongs_to_a_lane():
    model = pooled(lanes(upper="a", lower="") + task("a") + task("b"))

    assert rules(model, POOL + UPPER + LOWER + A + B, "c") == {"drawing-no-lane"}


def test_every_lane_lies_in_its_pool():
    wide = shape("lower", -50, 100, 600, 120)
    inner = shape("b", 0, 120, 100, 80)

    assert rules(LANED, POOL + UPPER + wide + A + inner, "c") == {"drawing-pool"}


def test_the_steps_of_a_sub_process_lie_in_it():
    model = process(f'<subProcess id="s" name="会审">{task("a")}</subProcess>')

    holding = shape("s", -20, -30, 200, 140, isExpanded="true")
    aside = shape("s", 200, -30, 200, 140, isExpanded="true")
    assert rules(model, holding + A) == set()
    assert rules(model, aside + A) == {"drawing-sub-process"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("登记投诉", set()),
        ("逐栏填写客户投诉登记反馈表并向客户复述", {"drawing-long-name"}),
        ("投诉" * 20, {"drawing-long-name", "drawing-cut-name"}),
    ],
)
def test_names_of_steps_have_two_lines_at_most(name: str, expected: set[str]):
    assert rules(process(task("a", name)), A) == expected


def test_the_name_of_a_lane_fits_its_height():
    model = pooled(
        lanes(**{"营业总部文员与区域经理以及品管部的全体人员合议": "a"}) + task("a")
    )
    name = "营业总部文员与区域经理以及品管部的全体人员合议"
    low = shape("pool", -80, -20, 400, 120) + shape(name, -50, -20, 370, 120)

    assert rules(model, low + A, "c") == {"drawing-cut-name"}


def test_a_deciding_gateway_asks_and_its_flows_answer():
    asked = '<exclusiveGateway id="g" name="属实？"/>'
    model = process(
        asked + task("a") + task("b") + flow("f", "g", "a", "是") + flow("h", "g", "b")
    )
    drawn = (
        shape("g", -200, 15, 50, 50, label="-195 -5 40 15")
        + A
        + shape("b", 0, 200, 100, 80)
        + edge("f", (-150, 40), (0, 40), label="-140 20 24 15")
        + edge("h", (-175, 65), (-175, 240), (0, 240))
    )

    unasked = model.replace(asked, '<exclusiveGateway id="g"/>')
    answered = model.replace('id="h"', 'id="h" name="否"')
    assert rules(model, drawn) == {"drawing-no-answer"}
    assert rules(unasked, drawn) == {"drawing-no-question", "drawing-no-answer"}
    assert rules(answered, drawn) == set()


def test_sentences_call_elements_by_their_names():
    (problem,) = judge(picture(TWO, A + shape("b", 200, 0, 100, 80))).problems

    assert str(problem.what) == "“f” is not drawn."
    assert str(problem.remedy) == "Draw it, or have the file laid out afresh."
