"""Compensation: what is kept of completed activities, and how it is undone."""

from tests.engine.bpmn.oracle.nets import Node
from tests.engine.bpmn.oracle.state import (
    Case,
    Path,
    Place,
    Record,
    Tree,
    place_of,
    tree_of,
)


def keep(path: Path) -> None:
    """Note that the activity at the end of *path* is complete, if it can be undone."""
    place, around = place_of(path), path[-2]
    nested = tuple(place.records)
    if place.tree is not None and place.node.kind != "call":
        nested = tuple(place.tree.records)
    if isinstance(around, Place):  # An instance: its body is what is kept.
        if nested and not place.node.undo:
            around.records.append(Record(place.node, dict(place.values), nested))
        return
    if place.node.undo:
        around.records.append(Record(place.node, dict(place.values)))
    elif nested:
        around.records.append(Record(place.node, dict(place.values), nested))
    place.records = []


def begin(path: Path) -> None:
    """Begin to undo what the throw or cancel event at the end of *path* says."""
    place, tree = place_of(path), tree_of(path)
    trigger = place.node.trigger
    assert trigger is not None
    if trigger.kind == "cancel":
        tree.places[:] = [place]
        tree.armed.clear()
    elif _is_event_sub(path):
        tree = tree_of(path[:-2])
    place.phase = "undoing"
    place.records = [r for r in tree.records if trigger.name in ("", r.node.id)]
    tree.records = [r for r in tree.records if r not in place.records]


def _is_event_sub(path: Path) -> bool:
    host = path[-3] if len(path) > 2 else None
    return isinstance(host, Place) and host.node.kind == "eventsub"


def go_on(case: Case, path: Path) -> bool:
    """Undo the next record; tell whether there was one."""
    place, tree = place_of(path), tree_of(path)
    while place.records:
        record = place.records.pop()
        if not record.node.undo:
            place.records += [
                Record(r.node, {**record.values, **r.values}, r.nested)
                for r in record.nested
            ]
            continue
        node = _undo_of(tree, record)
        values = dict(record.values)
        place.parts.append(Place(case.uid(), node, step="begin", values=values))
        return True
    return False


def _undo_of(tree: Tree, record: Record) -> Node:
    for net in tree.net.walk():
        if record.node.undo in net.nodes:
            return net.nodes[record.node.undo]
    raise AssertionError(record.node.undo)
