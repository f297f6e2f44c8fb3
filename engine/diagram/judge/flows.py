"""Whether flows can be followed with the eye from one shape to the next."""

from collections.abc import Iterator
from itertools import combinations

from engine.diagram.drawing import Edge, Shape
from engine.diagram.geometry import Segment, crosses, meets_box, segments
from engine.diagram.judge.report import DrawingProblem, Picture, called, lies_in
from engine.diagram.notation import CONTAINERS, EVENTS, GATEWAYS, SUB_PROCESSES
from engine.model import Sentence

INSET = 2.0  #: A line this little inside a shape, in px, only touches it.
NEAR = 2.0  #: Lines that run nearer to each other than this look like one.


def flows_through_shapes(picture: Picture) -> Iterator[DrawingProblem]:
    """Find flows that run through a shape."""
    for edge in picture.plane.edges:
        pieces = list(segments(edge.points))
        for shape in picture.plane.shapes:
            if _is_no_obstacle(shape, edge):
                continue
            inside = shape.box.grown(-_inset(shape, edge))
            if any(meets_box(piece, inside) for piece in pieces):
                yield _through("drawing-through-shape", edge, shape)


def _is_no_obstacle(shape: Shape, edge: Edge) -> bool:
    if shape.kind in CONTAINERS or shape.kind == "group":
        return True
    return shape.kind in SUB_PROCESSES and lies_in(edge, shape)


def _inset(shape: Shape, edge: Edge) -> float:
    """Shrink a round or slanted shape to what is surely inside it."""
    if shape.kind in GATEWAYS:
        return shape.box.width * 0.26
    if shape.kind in EVENTS:
        return shape.box.width * 0.16
    return INSET


def flows_through_labels(picture: Picture) -> Iterator[DrawingProblem]:
    """Find flows that run through a name."""
    for edge in picture.plane.edges:
        pieces = list(segments(edge.points))
        for label in picture.labels:
            if any(meets_box(piece, label.box.grown(-1)) for piece in pieces):
                yield _through("drawing-through-name", edge, label.owner)


def _through(rule: str, edge: Edge, crossed: Shape | Edge) -> DrawingProblem:
    names = {"flow": flow_title(edge), "other": called(crossed)}
    if rule == "drawing-through-shape":
        what = Sentence("The flow {flow} runs through “{other}”.", names)
    else:
        what = Sentence("The flow {flow} runs through the name “{other}”.", names)
    return DrawingProblem(
        edge.id,
        rule,
        what,
        Sentence("Lead the flow around it, or move what is in the way."),
    )


def flow_title(edge: Edge) -> str:
    """Return how a flow is called: by its name or by what it joins."""
    if edge.name:
        return f"“{edge.name}”"
    return f"{edge.source} → {edge.target}"


def stacked_flows(picture: Picture) -> Iterator[DrawingProblem]:
    """Find pairs of flows of which one runs along on top of the other."""
    for one, other in combinations(picture.plane.edges, 2):
        if any(
            _run_together(a, b)
            for a in segments(one.points)
            for b in segments(other.points)
        ):
            yield DrawingProblem(
                one.id,
                "drawing-stacked-flows",
                Sentence(
                    "The flows {one} and {other} run on top of each other.",
                    {"one": flow_title(one), "other": flow_title(other)},
                ),
                Sentence("Pull them apart, so that each can be followed."),
            )


def _run_together(a: Segment, b: Segment) -> bool:
    if a.horizontal and b.horizontal:
        shared = min(a.box.right, b.box.right) - max(a.box.x, b.box.x)
        return abs(a.a.y - b.a.y) < NEAR and shared > NEAR
    if a.vertical and b.vertical:
        shared = min(a.box.bottom, b.box.bottom) - max(a.box.y, b.box.y)
        return abs(a.a.x - b.a.x) < NEAR and shared > NEAR
    return False


def slanted_flows(picture: Picture) -> Iterator[DrawingProblem]:
    """Find sequence and message flows that run neither level nor upright."""
    for edge in picture.plane.edges:
        if edge.kind not in ("sequenceFlow", "messageFlow"):
            continue
        if all(piece.horizontal or piece.vertical for piece in segments(edge.points)):
            continue
        yield DrawingProblem(
            edge.id,
            "drawing-slanted",
            Sentence("The flow {flow} runs at a slant.", {"flow": flow_title(edge)}),
            Sentence("Lead it level and upright."),
        )


def backward_flows(picture: Picture) -> Iterator[DrawingProblem]:
    """Find flows to the left that are no return to an earlier step."""
    flows = [edge for edge in picture.plane.edges if edge.kind == "sequenceFlow"]
    onward: dict[str, set[str]] = {}
    for edge in flows:
        onward.setdefault(_step(picture, edge.source), set()).add(edge.target or "")
    for edge in flows:
        source = picture.shapes.get(edge.source or "")
        target = picture.shapes.get(edge.target or "")
        if source is None or target is None or target.box.right >= source.box.x:
            continue
        if _step(picture, source.id) not in _reached(target.id, onward):
            yield DrawingProblem(
                edge.id,
                "drawing-backward",
                Sentence("The flow {flow} goes to the left.", {"flow": flow_title(edge)}),
                Sentence("Order the steps from left to right."),
                severity="warning",
            )


def _step(picture: Picture, node: str | None) -> str:
    """Return the activity to which a boundary event is attached, else the node itself."""
    shape = picture.shapes.get(node or "")
    host = shape.element.get("attachedToRef") if shape is not None else None
    return host or node or ""


def _reached(start: str, onward: dict[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for following in onward.get(waiting.pop(), set()) - found:
            found.add(following)
            waiting.append(following)
    return found


def count_crossings(picture: Picture) -> int:
    """Count the points in which two flows cross."""
    pieces = [list(segments(edge.points)) for edge in picture.plane.edges]
    return sum(
        1
        for one, other in combinations(pieces, 2)
        for a in one
        for b in other
        if crosses(a, b)
    )
