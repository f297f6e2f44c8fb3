"""Whether every shape lies in its lane, its pool, its sub-process."""

from collections.abc import Iterator

from engine.diagram.drawing import Shape
from engine.diagram.judge.report import DrawingProblem, Picture, called, lies_in
from engine.diagram.notation import FLOW_NODES, SUB_PROCESSES, refers
from engine.model import Sentence


def outside_lanes(picture: Picture) -> Iterator[DrawingProblem]:
    """Find shapes that lie outside their lane, and those that have none."""
    lanes = [shape for shape in picture.plane.shapes if shape.kind == "lane"]
    home = {node: lane for lane in lanes for node in refers(lane.element, "flowNodeRef")}
    owners = {_process_of(lane) for lane in lanes}
    for shape in picture.plane.shapes:
        if shape.kind not in FLOW_NODES or shape.kind == "boundaryEvent":
            continue
        if shape.id not in home:
            if shape.element.getparent() in owners:
                yield _laneless(shape)
        elif not home[shape.id].box.contains(shape.box):
            yield _outside("drawing-lane", shape, home[shape.id])


def _process_of(lane: Shape) -> object:
    return next(
        (up for up in lane.element.iterancestors() if up.tag.endswith("process")), None
    )


def _laneless(shape: Shape) -> DrawingProblem:
    return DrawingProblem(
        shape.id,
        "drawing-no-lane",
        Sentence("“{element}” belongs to no lane.", {"element": called(shape)}),
        Sentence("Put it into the lane of the role that does it."),
    )


def _outside(rule: str, shape: Shape, outer: Shape) -> DrawingProblem:
    names = {"element": called(shape), "outer": called(outer)}
    return DrawingProblem(
        shape.id,
        rule,
        Sentence("“{element}” is drawn outside “{outer}”, to which it belongs.", names),
        Sentence("Move it inside, or put it into the one where it is drawn."),
    )


def outside_pools(picture: Picture) -> Iterator[DrawingProblem]:
    """Find lanes outside their pool, and steps outside the pool of their process."""
    pools = {
        shape.element.get("processRef"): shape
        for shape in picture.plane.shapes
        if shape.kind == "participant"
    }
    for shape in picture.plane.shapes:
        if shape.kind != "lane" and shape.kind not in FLOW_NODES:
            continue
        for above in shape.element.iterancestors():
            pool = pools.get(above.get("id"))
            if pool is not None and not pool.box.contains(shape.box):
                yield _outside("drawing-pool", shape, pool)


def outside_sub_processes(picture: Picture) -> Iterator[DrawingProblem]:
    """Find steps of an expanded sub-process that are drawn outside it."""
    opened = [
        shape
        for shape in picture.plane.shapes
        if shape.kind in SUB_PROCESSES and shape.expanded
    ]
    for outer in opened:
        for shape in picture.plane.shapes:
            if lies_in(shape, outer) and not outer.box.contains(shape.box):
                yield _outside("drawing-sub-process", shape, outer)
