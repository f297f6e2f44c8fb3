"""Where variables live: one home for the case, local scopes in front of it.

A token's own scope holds what its input mappings, or its place in a multi-instance
activity, gave it. Around it lie the scopes of the activities that contain it. A called
process sees what its caller sees, and keeps what it writes in a scope of its own until
it ends. A write goes to the nearest scope that has the name, else to the process's own
home: Camunda 8's rule of propagation.
"""

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence

from engine.bpmn.workflow import Token
from engine.model import Json, Variables

Frame = dict[str, Json]


def frames(task: Token) -> Iterator[tuple[Frame, bool]]:
    """Yield the scopes that *task* sees, nearest first, and whether each is a home."""
    place: Token | None = task
    while place is not None:
        while place.parent is not None:  # The root of a tree holds nothing.
            yield place.data, False
            place = place.parent
        workflow = place.workflow
        if workflow.is_home:
            yield workflow.data, True
        place = workflow.host
        if place is not None and _is_closed(place):
            yield place.data, False
            return


def _is_closed(host: Token) -> bool:
    """Tell whether the process called at *host* sees only what it is given."""
    call = host.task_spec.element.call
    return call is not None and not call.all_in


def visible(task: Token, facts: Variables | None = None) -> Mapping[str, Json]:
    """Return everything that *task* sees; *facts* come first and cannot be hidden."""
    maps = [frame for frame, _ in frames(task) if frame]
    return ChainMap(*([dict(facts)] if facts else []), *maps)


def assign(task: Token, values: Variables, *, own: bool) -> None:
    """Write *values* as seen from *task*; with *own*, its own scope counts too."""
    scopes = list(frames(task))[0 if own else 1 :]
    for name, value in values.items():
        for frame, home in scopes:
            if home or name in frame:
                frame[name] = value
                break


def with_value(variables: Mapping[str, Json], path: Sequence[str], value: Json) -> Json:
    """Return what ``path[0]`` must hold so that *path* leads to *value*.

    The parts of a context that *path* does not lead to are kept; nothing is changed in
    place.
    """
    if len(path) == 1:
        return value
    held = variables.get(path[0])
    inner: Mapping[str, Json] = held if isinstance(held, dict) else {}
    return {**inner, path[1]: with_value(inner, path[1:], value)}
