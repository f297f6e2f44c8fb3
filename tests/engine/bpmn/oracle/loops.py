"""Activities that are done several times: multi-instance and standard loops."""

from engine.model import Json
from tests.engine.bpmn.oracle.nets import Again, Many
from tests.engine.bpmn.oracle.state import (
    Case,
    Path,
    Place,
    Stuck,
    Values,
    place_of,
    visible,
    withdraw,
)


def begin_body(case: Case, path: Path) -> bool:
    """Begin the instances of the activity; tell whether there is nothing to do."""
    place = place_of(path)
    place.phase, loop = "body", place.node.loop
    if isinstance(loop, Again):
        if loop.before and not _goes_on(path, loop, 0, ""):
            return True
        _instance(case, place, {"loopCounter": 1})
        return False
    assert isinstance(loop, Many)
    place.ahead, place.total = list(loop.items), len(loop.items)
    if loop.gather:
        place.values[loop.gather] = [None] * place.total
    for _ in loop.items[:1] if loop.sequential else loop.items:
        next_instance(case, path)
    return not loop.items


def next_instance(case: Case, path: Path) -> None:
    """Begin the instance of the next item."""
    place = place_of(path)
    loop = place.node.loop
    assert isinstance(loop, Many)
    values: Values = {"loopCounter": place.total - len(place.ahead) + 1}
    item = place.ahead.pop(0)
    if not loop.plain:
        values[loop.item] = item
    _instance(case, place, values)


def _instance(case: Case, body: Place, values: dict[str, Json]) -> None:
    body.parts.append(Place(case.uid(), body.node, step="begin", values=values))


def _goes_on(path: Path, loop: Again, done: int, step: str) -> bool:
    """Tell whether a standard loop goes on after *done* rounds."""
    if loop.most is not None and done >= loop.most:
        return False
    value = True if loop.condition is None else loop.condition.of(visible(path))
    if not isinstance(value, bool):
        raise Stuck("condition", step)
    return value


def instance_done(case: Case, path: Path) -> None:
    """Take note that the instance at the end of *path* is complete."""
    body = path[-2]
    assert isinstance(body, Place)
    loop, seen = body.node.loop, visible(path)
    if isinstance(loop, Again):
        more = _goes_on(path[:-1], loop, body.done + 1, "done")
        withdraw(path)
        body.done += 1
        if more:
            _instance(case, body, {"loopCounter": body.done + 1})
        return
    assert isinstance(loop, Many)
    body.done += 1
    if loop.gather:
        number, item = seen["loopCounter"], seen[loop.item]
        held = list(body.values[loop.gather])
        held[number - 1] = item + 1
        body.values[loop.gather] = held
    enough = loop.until is not None and loop.until.of(
        {**seen, "numberOfCompletedInstances": body.done}
    )
    withdraw(path)
    if enough:
        body.parts, body.ahead = [], []
    elif body.ahead and loop.sequential:
        next_instance(case, path[:-1])
