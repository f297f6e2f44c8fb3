"""When gateways that wait for several tokens may go on."""

from tests.engine.bpmn.oracle.nets import Net, link_ends
from tests.engine.bpmn.oracle.state import Place, Tree


def parallel_is_ready(tree: Tree, place: Place) -> bool:
    """Tell whether each incoming flow of the parallel gateway has a token."""
    waiting = {p.via for p in tree.places if p.node is place.node and p.step == ""}
    return all(flow.id in waiting for flow in tree.net.into(place.node.id))


def inclusive_is_ready(tree: Tree, place: Place) -> bool:
    """Tell whether the inclusive gateway at *place* is activated.

    The rule of BPMN 2.0.2, §13.4.3, by search for paths: for each path from a token to
    an incoming flow without a token there is one from the same token to an incoming
    flow with a token; neither visits the gateway.
    """
    net, gateway = tree.net, place.node.id
    here = {p.via for p in tree.places if p.node is place.node and _is_at_gateway(p)}
    empty = {flow.id for flow in net.into(gateway)} - here
    for other in tree.places:
        if other.node is place.node and _is_at_gateway(other):
            continue
        reached = incoming_reached(net, other.node.id, gateway)
        if reached & empty and not reached & here:
            return False
    return True


def _is_at_gateway(place: Place) -> bool:
    return place.phase == "ready" and place.step == ""


def incoming_reached(net: Net, start: str, gateway: str) -> set[str]:
    """Return the incoming flows of *gateway* to which a path leads from *start*."""
    flows = [*net.flows, *link_ends(net)]
    seen, todo, found = {start}, [start], set()
    while todo:
        node = todo.pop()
        for flow in flows:
            if flow.source != node:
                continue
            if flow.target == gateway:
                found.add(flow.id)
            elif flow.target not in seen:
                seen.add(flow.target)
                todo.append(flow.target)
        if node in net.nodes:
            for event in net.boundaries(node):
                if event.id not in seen:
                    seen.add(event.id)
                    todo.append(event.id)
    return found
