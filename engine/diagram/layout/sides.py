"""By which sides flows leave and enter shapes, and how much that is liked."""

from functools import cache

from engine.diagram.layout.scene import Flow, Scene
from engine.diagram.layout.ways import SideCosts
from engine.diagram.notation import EVENTS, GATEWAYS

_LEAVING: dict[str, SideCosts] = {
    "gateway": (("right", 0.0), ("bottom", 0.1), ("top", 0.6)),
    "event": (("right", 0.0), ("bottom", 2.0), ("top", 2.0)),
    "step": (("right", 0.0), ("bottom", 1.2), ("top", 1.5)),
}
_ENTERING: dict[str, SideCosts] = {
    "gateway": (("left", 0.0), ("top", 0.4), ("bottom", 0.4)),
    "event": (("left", 0.0), ("top", 0.8), ("bottom", 1.6)),
    "step": (("left", 0.0), ("top", 0.8), ("bottom", 1.0)),
}
_FROM_RIDER: SideCosts = (("bottom", 0.0),)
_UPRIGHT: SideCosts = (("bottom", 0.0), ("top", 0.0))
_ANY: SideCosts = (("bottom", 0.0), ("top", 0.0), ("right", 2.0), ("left", 2.0))


@cache
def _class_of(kind: str) -> str:
    if kind in GATEWAYS:
        return "gateway"
    return "event" if kind in EVENTS else "step"


def leaving_sides(scene: Scene, flow: Flow) -> SideCosts:
    """Return by which sides *flow* may leave its source."""
    if flow.source_rider is not None:
        return _FROM_RIDER
    if flow.kind != "sequence":
        return _UPRIGHT if flow.kind == "message" else _ANY
    return _LEAVING[_class_of(scene.nodes[flow.source].kind)]


def entering_sides(scene: Scene, flow: Flow) -> SideCosts:
    """Return by which sides *flow* may enter its target."""
    if flow.target_rider is not None:
        return _FROM_RIDER
    if flow.kind != "sequence":
        return _UPRIGHT if flow.kind == "message" else _ANY
    return _ENTERING[_class_of(scene.nodes[flow.target].kind)]


def shared_side_cost(kind: str, *, same: int, other: int) -> float:
    """Return what it costs to use a side that others use already.

    Args:
        kind: Of the shape.
        same: How many flows pass that side in the same direction.
        other: How many pass it the other way.
    """
    if _class_of(kind) == "step":
        return 1.0 * same + 4.0 * other
    return 3.0 * same + 4.0 * max(0, same - 1) + 6.0 * other
