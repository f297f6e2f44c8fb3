"""Draws shapes: events, activities, gateways, pools and lanes, data, annotations."""

from engine.diagram.drawing import Shape
from engine.diagram.geometry import Point
from engine.diagram.labels import STRIP, shape_lettering, turned
from engine.diagram.notation import (
    ACTIVITIES,
    CONTAINERS,
    DATA,
    EVENTS,
    GATEWAYS,
    SUB_PROCESSES,
    children,
    event_definition,
    has_child,
)
from engine.diagram.svg.icons import event_icon, gateway_icon, markers, task_icon
from engine.diagram.svg.markup import circle, lettering, number, path, tag
from engine.diagram.text import LINE


def draw_shape(shape: Shape) -> str:
    """Return the outline, the signs and the name of *shape*."""
    if shape.kind in EVENTS:
        drawn = _event(shape)
    elif shape.kind in ACTIVITIES:
        drawn = _activity(shape)
    elif shape.kind in GATEWAYS:
        drawn = _gateway(shape)
    elif shape.kind in CONTAINERS:
        drawn = _container(shape)
    elif shape.kind in DATA:
        drawn = _data(shape)
    elif shape.kind == "textAnnotation":
        drawn = _annotation(shape)
    else:
        drawn = _rectangle(shape, "bpmn-outline", 10)
    return drawn + draw_name(shape)


def draw_name(shape: Shape) -> str:
    """Return the lettering of *shape*; in the strip of a lane it runs upwards."""
    setting = shape_lettering(shape)
    lines, box = list(setting.lines), setting.box
    if turned(shape):
        text = lettering(lines, 0, -box.width / 2, "bpmn-name")
        place = f"translate({number(box.cx)} {number(box.cy)}) rotate(-90)"
        return tag("g", text, transform=place) if text else ""
    if shape.kind == "textAnnotation":
        return lettering(lines, box.x, box.y, "bpmn-label", anchor="start")
    inside = shape.kind in ACTIVITIES or shape.kind in CONTAINERS
    return lettering(lines, box.cx, box.y, "bpmn-name" if inside else "bpmn-label")


def _event(shape: Shape) -> str:
    centre, radius = Point(shape.box.cx, shape.box.cy), shape.box.width / 2
    drawn = circle(centre, radius, "bpmn-outline")
    if shape.kind not in ("startEvent", "endEvent"):
        drawn += circle(centre, radius - 3.5, "bpmn-outline bpmn-inner")
    about = event_definition(shape.element)
    throws = shape.kind in ("endEvent", "intermediateThrowEvent")
    return drawn + (event_icon(about, centre, throws=throws) if about else "")


def _activity(shape: Shape) -> str:
    box = shape.box
    drawn = _rectangle(shape, "bpmn-outline", 10)
    if shape.kind == "transaction":
        inner = box.grown(-3)
        drawn += tag(
            "rect",
            class_="bpmn-outline bpmn-inner",
            x=inner.x,
            y=inner.y,
            width=inner.width,
            height=inner.height,
            rx=8,
        )
    drawn += task_icon(shape.kind, Point(box.x + 5, box.y + 5))
    return drawn + markers(_marker_names(shape), box.cx, box.bottom)


def _marker_names(shape: Shape) -> list[str]:
    names = []
    if shape.element.get("isForCompensation") == "true":
        names.append("compensation")
    for looped in children(shape.element, "multiInstanceLoopCharacteristics"):
        sequential = looped.get("isSequential") == "true"
        names.append("sequential" if sequential else "parallel")
    if has_child(shape.element, "standardLoopCharacteristics"):
        names.append("loop")
    if shape.kind == "adHocSubProcess":
        names.append("ad-hoc")
    closed = shape.kind in SUB_PROCESSES and not shape.expanded
    if closed or shape.kind == "callActivity":
        names.append("collapsed")
    return names


def _gateway(shape: Shape) -> str:
    box = shape.box
    corners = (
        f"M{number(box.cx)} {number(box.y)}L{number(box.right)} {number(box.cy)}"
        f"L{number(box.cx)} {number(box.bottom)}L{number(box.x)} {number(box.cy)}z"
    )
    starts = shape.element.get("instantiate") == "true"
    sign = gateway_icon(shape.kind, Point(box.cx, box.cy), starts=starts)
    return path(corners, "bpmn-outline") + sign


def _container(shape: Shape) -> str:
    box = shape.box
    drawn = _rectangle(shape, "bpmn-outline", 0)
    if turned(shape):
        border = f"M{number(box.x + STRIP)} {number(box.y)}V{number(box.bottom)}"
        drawn += path(border, "bpmn-outline bpmn-strip")
    return drawn


def _data(shape: Shape) -> str:
    box = shape.box
    x, y, right, bottom = (number(v) for v in (box.x, box.y, box.right, box.bottom))
    if shape.kind == "dataStoreReference":
        dome = number(box.height / 7)
        middle = number(box.width / 2)
        curve = f"a{middle} {dome} 0 0 1 {number(box.width)} 0"
        upper = number(box.y + box.height / 7)
        lower = number(box.bottom - box.height / 7)
        back = f"a{middle} {dome} 0 0 1 {number(-box.width)} 0"
        return path(
            f"M{x} {upper}{curve}V{lower}{back}zM{right} {upper}{back}", "bpmn-outline"
        )
    fold = number(box.right - 10)
    drawn = path(
        f"M{x} {y}H{fold}L{right} {number(box.y + 10)}V{bottom}H{x}z"
        f"M{fold} {y}V{number(box.y + 10)}H{right}",
        "bpmn-outline",
    )
    collection = shape.element.get("isCollection") == "true"
    return drawn + (markers(["parallel"], box.cx, box.bottom + 2) if collection else "")


def _annotation(shape: Shape) -> str:
    box = shape.box
    bracket = (
        f"M{number(box.x + LINE)} {number(box.y)}H{number(box.x)}"
        f"V{number(box.bottom)}H{number(box.x + LINE)}"
    )
    return _rectangle(shape, "bpmn-surface", 0) + path(bracket, "bpmn-bracket")


def _rectangle(shape: Shape, class_: str, radius: float) -> str:
    box = shape.box
    return tag(
        "rect",
        class_=class_,
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        rx=radius or None,
    )
