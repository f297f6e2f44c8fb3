"""Puts a whole picture together: lanes beneath, then flows, shapes and marks."""

from collections.abc import Collection, Iterator, Mapping
from html import escape

from engine.diagram.drawing import Edge, Plane, Shape, read_drawing
from engine.diagram.geometry import Box, around
from engine.diagram.labels import edge_lettering, shape_lettering
from engine.diagram.notation import CONTAINERS, SUB_PROCESSES
from engine.diagram.svg.flows import draw_edge
from engine.diagram.svg.kinds import kind_sentence
from engine.diagram.svg.marks import WORDS, Mark, draw_mark
from engine.diagram.svg.markup import number, tag, title
from engine.diagram.svg.shapes import draw_shape
from engine.language import DEFAULT_LANGUAGE, say
from engine.model import Sentence

MARGIN = 16.0  #: Free space around the picture.


def render_svg(
    source: bytes,
    process_or_plane: str | None = None,
    *,
    marks: Mapping[str, Mark] | None = None,
    taken: Collection[str] = (),
    notes: bool = False,
    language: str = DEFAULT_LANGUAGE,
) -> str:
    """Return a picture of *source* as an SVG element to be put into a page.

    Args:
        source: A BPMN file with diagram interchange.
        process_or_plane: Id of the process, collaboration or sub-process to show; by
            default the first picture of the file.
        marks: How far a case has come, by element id.
        taken: Ids of the flows that the case has taken.
        notes: Whether the notes of the marks are visible on the screen; in print they
            always are.
        language: In which kinds and states are named.

    Raises:
        MarkupError: If the file is no XML that we read.
        NotDrawn: If the file does not draw what was asked for.
    """
    drawing = read_drawing(source)
    plane = drawing.plane(process_or_plane)
    marked = marks or {}
    body = "".join(_layers(plane, marked, frozenset(taken), language))
    frame = _frame(plane)
    owner = drawing.elements.get(plane.element_id)
    heading = _heading(plane, "" if owner is None else owner.get("name") or "")
    return tag(
        "svg",
        title(heading or say(Sentence("Diagram"), language))
        + tag("desc", _description(plane, marked, language))
        + body,
        xmlns="http://www.w3.org/2000/svg",
        class_="bpmn bpmn-with-notes" if notes else "bpmn",
        role="img",
        width=frame.width,
        height=frame.height,
        viewBox=" ".join(map(number, (frame.x, frame.y, frame.width, frame.height))),
    )


def _layers(
    plane: Plane, marks: Mapping[str, Mark], taken: Collection[str], language: str
) -> Iterator[str]:
    """Yield the elements from the back to the front."""
    for shape in sorted(plane.shapes, key=_depth):
        if _is_ground(shape):
            yield _shape_group(shape, marks.get(shape.id), language)
    for edge in sorted(plane.edges, key=lambda edge: edge.id in taken):
        yield _edge_group(edge, edge.id in taken, language)
    for shape in sorted(plane.shapes, key=lambda shape: shape.kind == "boundaryEvent"):
        if not _is_ground(shape):
            yield _shape_group(shape, marks.get(shape.id), language)


def _is_ground(shape: Shape) -> bool:
    return (
        shape.kind in CONTAINERS
        or shape.kind == "group"
        or (shape.kind in SUB_PROCESSES and shape.expanded)
    )


def _depth(shape: Shape) -> tuple[bool, int]:
    nested = sum(1 for _ in shape.element.iterancestors())
    return shape.kind not in CONTAINERS, nested


def _shape_group(shape: Shape, mark: Mark | None, language: str) -> str:
    classes = ["bpmn-element", f"bpmn-{shape.kind}"]
    if shape.expanded and shape.kind in SUB_PROCESSES:
        classes.append("bpmn-expanded")
    if shape.element.get("cancelActivity") == "false":
        classes.append("bpmn-non-interrupting")
    if shape.element.get("isInterrupting") == "false":
        classes.append("bpmn-non-interrupting")
    if shape.element.get("triggeredByEvent") == "true":
        classes.append("bpmn-by-event")
    if mark is not None:
        classes.append(f"is-{mark.state}")
    words = [f"{shape.name or shape.id}", say(kind_sentence(shape.kind), language)]
    if mark is not None:
        words.append(say(WORDS[mark.state], language))
        words.extend([mark.note] if mark.note else [])
    drawn = draw_shape(shape) + (draw_mark(shape, mark) if mark else "")
    return tag(
        "g",
        title("\n".join(words)) + drawn,
        class_=" ".join(classes),
        data_element=shape.id,
    )


def _edge_group(edge: Edge, taken: bool, language: str) -> str:
    classes = f"bpmn-flow bpmn-{edge.kind}" + (" is-taken" if taken else "")
    words = [edge.name or edge.id]
    if taken:
        words.append(say(Sentence("taken"), language))
    drawn = title("\n".join(words)) + draw_edge(edge)
    return tag("g", drawn, class_=classes, data_element=edge.id)


def _frame(plane: Plane) -> Box:
    """Return the box that holds everything that is drawn."""
    boxes = [shape.box for shape in plane.shapes]
    for edge in plane.edges:
        boxes.extend(Box(x, y, 0, 0) for x, y in edge.points)
    letterings = [
        *(shape_lettering(shape) for shape in plane.shapes),
        *(edge_lettering(edge) for edge in plane.edges),
    ]
    boxes.extend(setting.box for setting in letterings if setting.lines)
    return around(boxes or [Box(0, 0, 100, 80)]).grown(MARGIN)


def _heading(plane: Plane, name: str) -> str:
    pools = [shape.name for shape in plane.shapes if shape.kind == "participant"]
    return name or "、".join(pool for pool in pools if pool)


def _description(plane: Plane, marks: Mapping[str, Mark], language: str) -> str:
    """Say what the picture shows, for those who do not see it."""
    steps = [s for s in plane.shapes if s.kind not in CONTAINERS and not _is_ground(s)]
    said = [say(Sentence("A process with {count} steps.", {"count": len(steps)}), language)]
    for state, template in _STATES.items():
        names = [
            shape.name or shape.id
            for shape in plane.shapes
            if shape.id in marks and marks[shape.id].state == state
        ]
        if names:
            listed = Sentence(template, {"names": "、".join(names)})
            said.append(say(listed, language))
    spoken = "".join(said) if language.startswith("zh") else " ".join(said)
    return escape(spoken, quote=False)


_STATES: Mapping[str, str] = {
    "incident": "Stopped by an incident at {names}.",
    "present": "The case is at {names}.",
    "waiting": "Waiting for a time at {names}.",
    "done": "Done: {names}.",
}
