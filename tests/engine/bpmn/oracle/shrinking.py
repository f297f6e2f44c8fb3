"""Makes a net on which engine and interpreter differ as small as it can."""

from collections.abc import Iterator
from copy import deepcopy
from random import Random

from engine.bpmn import ModelErrors
from tests.engine.bpmn.oracle.interpreter import TooMany
from tests.engine.bpmn.oracle.nets import Net
from tests.engine.bpmn.oracle.play import MOST_STEPS, Difference, Play

TRIES = 6  #: Games with a smaller net before it is taken to be right.
MOST_NETS = 400  #: Smaller nets that are tried.


def failing(net: Net, seeds: range) -> Play | None:
    """Return the shortest game that shows a difference, if one does."""
    found: Play | None = None
    for seed in seeds:
        try:
            play = Play(net, Random(seed))
            play.play(MOST_STEPS)
        except Difference as difference:
            play.trace.append(str(difference))
            if found is None or len(play.trace) < len(found.trace):
                found = play
        except (ModelErrors, TooMany):
            continue
    return found


def shrink(net: Net, first: Play) -> Play:
    """Return a game on the smallest net found that still shows a difference."""
    best, left, changed = first, MOST_NETS, True
    while changed and left > 0:
        changed = False
        for smaller in _smaller(best.net):
            left -= 1
            if left <= 0:
                break
            try:
                play = failing(smaller, range(TRIES))
            except Exception:  # A net that is no longer whole says nothing.
                continue
            if play is not None:
                best, changed = play, True
                break
    return best


def _smaller(net: Net) -> Iterator[Net]:
    """Yield nets with a bit less than *net*, the boldest first."""
    scopes = [each.id for each in net.walk()]
    for scope in scopes:
        for name in [node.id for node in _scope(net, scope).nodes.values()]:
            for change in (_without, _plain, _bypassed):
                copy = deepcopy(net)
                if change(_scope(copy, scope), name):
                    for each in copy.walk():
                        _tidy(each)
                    yield copy


def _scope(net: Net, name: str) -> Net:
    return next(each for each in net.walk() if each.id == name)


def _without(net: Net, name: str) -> bool:
    """Take away a boundary event, an event sub-process or a branch."""
    node = net.nodes[name]
    if node.kind in ("boundary", "eventsub") or len(net.into(name)) > 1:
        _drop(net, name)
        return True
    source = net.into(name)
    if len(source) == 1 and len(net.out(source[0].source)) > 1:
        net.flows.remove(source[0])
        return True
    return False


def _plain(net: Net, name: str) -> bool:
    """Take from an activity its inside, its loop and its mappings."""
    node = net.nodes[name]
    if node.kind == "eventsub" or not (
        node.net or node.loop or node.inputs or node.outputs
    ):
        return False
    if node.net is not None:
        node.kind, node.net = "user", None
    node.loop, node.inputs, node.outputs, node.shares = None, (), (), True
    return True


def _bypassed(net: Net, name: str) -> bool:
    """Take a node out of a chain."""
    into, out = net.into(name), net.out(name)
    if len(into) != 1 or len(out) != 1 or net.boundaries(name):
        return False
    if any(flow.target == out[0].target for flow in net.out(into[0].source)):
        return False
    source = net.nodes[into[0].source]
    was_default = source.default == into[0].id
    into[0].target = out[0].target
    if was_default:
        source.default = into[0].id
    net.flows.remove(out[0])
    net.nodes.pop(name, None)
    return True


def _drop(net: Net, name: str) -> None:
    for event in net.boundaries(name):
        _drop(net, event.id)
    net.flows = [flow for flow in net.flows if name not in (flow.source, flow.target)]
    net.nodes.pop(name, None)


def _tidy(net: Net) -> None:
    """Take away what nothing leads to, and end where nothing goes on."""
    roots = {
        n.id for n in net.nodes.values() if n.kind in ("start", "eventsub") or n.is_undo
    }
    roots |= {n.id for n in net.nodes.values() if n.kind == "catch" and not net.into(n.id)
              and n.trigger and n.trigger.kind == "link"}  # fmt: skip
    reached, todo = set(), list(roots)
    while todo:
        name = todo.pop()
        if name in reached or name not in net.nodes:
            continue
        reached.add(name)
        todo += [flow.target for flow in net.out(name)]
        todo += [event.id for event in net.boundaries(name)]
    for name in [name for name in net.nodes if name not in reached]:
        _drop(net, name)
    for node in list(net.nodes.values()):
        _mend(net, node.id)


def _mend(net: Net, name: str) -> None:
    node = net.nodes[name]
    out = net.out(name)
    if node.default and node.default not in {flow.id for flow in out}:
        node.default = None
    if node.kind in ("xor", "and", "or") and len(out) == 1:
        out[0].condition, node.default = None, None
        if len(net.into(name)) == 1:
            node.kind = "throw"
    of = node.trigger.kind if node.trigger else ""
    if of == "compensation" and node.kind == "boundary":
        return
    if out or node.kind in ("end", "eventsub") or node.is_undo:
        return
    if node.kind != "throw" or of != "link":
        node.kind, node.trigger = "end", None
        node.net, node.loop, node.inputs, node.outputs = None, None, (), ()
