"""The small signs inside shapes: what a task does, what an event is about."""

from math import cos, pi, sin

from engine.diagram.geometry import Point
from engine.diagram.svg.markup import circle, number, path, tag

ICON = 18.0  #: Side of the square that a task's sign is drawn in.

_ENVELOPE = "M1.5 3.5h15v11h-15zM1.5 3.5l7.5 6 7.5-6"
_PERSON = (
    "M9 8.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z"
    "M2.5 16v-2.2a4.3 4.3 0 0 1 4.3-4.3h4.4a4.3 4.3 0 0 1 4.3 4.3V16zM6 16v-2.4M12 16v-2.4"
)
_HAND = (
    "M1.5 9.2L5.2 5h6.3a1.1 1.1 0 0 1 0 2.2H8.6h7a1.1 1.1 0 0 1 0 2.2h-6h5.4"
    "a1.1 1.1 0 0 1 0 2.2H9.6h4.2a1.1 1.1 0 0 1 0 2.2H5L1.5 12z"
)
_SCROLL = (
    "M5.5 1.5H16c-5 4.5 2.5 8.5-3 15H2.5c5-6-2.5-10.5 3-15zM6 5.5h5M5.8 9h5M6.5 12.5h5"
)
_TABLE = "M1.5 3h15v12h-15zM1.5 6.5h15M1.5 10.7h15M6 6.5V15"


def _cog(teeth: int, centre: float, outer: float, inner: float) -> str:
    """Return a toothed wheel with a hole."""
    step = pi / teeth / 2
    corners = []
    for tooth in range(teeth):
        middle = 2 * pi * tooth / teeth
        for turn, radius in ((-1.4, inner), (-0.8, outer), (0.8, outer), (1.4, inner)):
            x = centre + radius * cos(middle + turn * step)
            y = centre + radius * sin(middle + turn * step)
            corners.append(f"{number(x)} {number(y)}")
    hole = (
        f"M{number(centre - 2.3)} {number(centre)}a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0-4.6 0"
    )
    return f"M{'L'.join(corners)}z{hole}"


_TASKS = {
    "userTask": _PERSON,
    "manualTask": _HAND,
    "serviceTask": _cog(8, 9, 7.6, 5.6),
    "scriptTask": _SCROLL,
    "businessRuleTask": _TABLE,
    "receiveTask": _ENVELOPE,
}


def task_icon(kind: str, at: Point) -> str:
    """Return the sign of a task of *kind* with its upper left corner at *at*."""
    if kind == "sendTask":
        drawn = path("M1.5 3.5h15v11h-15z", "bpmn-icon bpmn-solid") + path(
            "M1.5 3.5l7.5 6 7.5-6", "bpmn-icon bpmn-inverse"
        )
    elif kind in _TASKS:
        drawn = path(_TASKS[kind], "bpmn-icon")
    else:
        return ""
    return tag("g", drawn, transform=f"translate({number(at.x)} {number(at.y)})")


def event_icon(about: str, centre: Point, *, throws: bool) -> str:
    """Return the sign of an event; those that throw are filled."""
    look = "bpmn-icon bpmn-solid" if throws else "bpmn-icon"
    if about == "timer":
        drawn = _clock()
    elif about == "message" and throws:
        drawn = path("M-8-5.5h16v11h-16z", look) + path(
            "M-8-5.5L0 1 8-5.5", "bpmn-icon bpmn-inverse"
        )
    elif about == "conditional":
        drawn = path("M-6-8h12v16h-12zM-3.5-4.5h7M-3.5-1.5h7M-3.5 1.5h7M-3.5 4.5h7", look)
    elif about == "terminate":
        drawn = circle(Point(0, 0), 10, "bpmn-icon bpmn-solid")
    elif about in _EVENTS:
        drawn = path(_EVENTS[about], look)
    else:
        return ""
    return tag("g", drawn, transform=f"translate({number(centre.x)} {number(centre.y)})")


def _clock() -> str:
    ticks = "".join(
        f"M{number(8.2 * cos(hour * pi / 6))} {number(8.2 * sin(hour * pi / 6))}"
        f"L{number(10 * cos(hour * pi / 6))} {number(10 * sin(hour * pi / 6))}"
        for hour in range(12)
    )
    return circle(Point(0, 0), 10, "bpmn-icon") + path(f"{ticks}M0-6.5V0H4.5", "bpmn-icon")


def _corners(count: int, radius: float) -> str:
    places = [-pi / 2 + 2 * pi * step / count for step in range(count)]
    drawn = (f"{number(radius * cos(p))} {number(radius * sin(p))}" for p in places)
    return f"M{'L'.join(drawn)}z"


_EVENTS = {
    "message": "M-8-5.5h16v11h-16zM-8-5.5L0 1 8-5.5",
    "signal": _corners(3, 9.5),
    "error": "M-8 8L-3.5-7 2.5 2 8-8 4 8-2-1z",
    "escalation": "M0-9L7 8 0 1.5-7 8z",
    "compensate": "M0-6v12l-8-6zM8-6v12L0 0z",
    "cancel": "M-8-5.5L-5.5-8 0-2.5 5.5-8 8-5.5 2.5 0 8 5.5 5.5 8 0 2.5-5.5 8-8 5.5-2.5 0z",
    "link": "M-9-3.5h9v-4L9 0 0 7.5v-4h-9z",
    "multiple": _corners(5, 9.5),
    "parallelMultiple": "M-3-9h6v6h6v6h-6v6h-6v-6h-6v-6h6z",
}
_GATEWAYS = {
    "exclusiveGateway": "M-7-8.5L7 8.5M7-8.5L-7 8.5",
    "parallelGateway": "M0-12V12M-12 0H12",
    "complexGateway": "M0-12V12M-12 0H12M-8.5-8.5L8.5 8.5M8.5-8.5L-8.5 8.5",
}


def gateway_icon(kind: str, centre: Point, *, starts: bool = False) -> str:
    """Return the sign of a gateway; *starts*: an event-based one that starts processes."""
    if kind == "inclusiveGateway":
        return circle(centre, 11, "bpmn-sign")
    if kind == "eventBasedGateway":
        inner = "" if starts else circle(centre, 11, "bpmn-icon")
        star = path(_corners(5, 8.5), "bpmn-icon")
        place = f"translate({number(centre.x)} {number(centre.y)})"
        return circle(centre, 14, "bpmn-icon") + inner + tag("g", star, transform=place)
    if kind not in _GATEWAYS:
        return ""
    return tag(
        "path",
        class_="bpmn-sign",
        d=_GATEWAYS[kind],
        transform=f"translate({number(centre.x)} {number(centre.y)})",
    )


MARKERS = {
    "collapsed": "M-7-7h14v14h-14zM0-4v8M-4 0h8",
    "loop": "M-2.5 6.5a6.5 6.5 0 1 1 4 .3M-6.5 6.5h4.5V2",
    "parallel": "M-4.5-6v12M0-6v12M4.5-6v12",
    "sequential": "M-6-4.5h12M-6 0h12M-6 4.5h12",
    "compensation": "M0-5v10l-7-5zM7-5v10L0 0z",
    "ad-hoc": "M-7 2c3-7 6-4 7-2s4 5 7-2",
}


def markers(names: list[str], middle: float, bottom: float) -> str:
    """Return the signs at the lower edge of an activity, side by side."""
    left = middle - (len(names) - 1) * 9
    return "".join(
        tag(
            "path",
            class_="bpmn-icon",
            d=MARKERS[name],
            transform=f"translate({number(left + 18 * index)} {number(bottom - 10)})",
        )
        for index, name in enumerate(names)
    )
