"""Where flows meet again: parallel and inclusive joins by BPMN's rules of tokens.

A join looks at living tokens only, and uses up exactly one for each incoming flow, so
that what happened in earlier rounds of a loop cannot count (BPMN 2.0.2, 13.4.1, 13.4.3).
"""

from collections.abc import Mapping
from typing import Any

from engine.bpmn.phases import ADMITTED, FLOW, JOINING, PHASE, WATCHING
from engine.bpmn.workflow import CaseWorkflow, Token


def take_partners(join: Any, token: Token) -> bool:
    """Use up one token of each other flow for *token* to go on with; False if one lacks."""
    by_flow = {token.internal_data[FLOW]: token}
    for other in _held_back(join, token.workflow):
        by_flow.setdefault(other.internal_data[FLOW], other)
    if len(by_flow) < len(join.incoming):
        return False
    for other in by_flow.values():
        if other is not token:
            token.workflow.forget(other)
    return True


def ready_join(top: CaseWorkflow) -> Token | None:
    """Return a token of an inclusive join that may go on now, its partners used up.

    It is asked when no other token can move by itself.
    """
    for tree in top.trees():
        joins = {
            token.task_spec.name: token.task_spec
            for token in tree.tokens()
            if token.internal_data.get(PHASE) == JOINING and token.task_spec.looks_around
        }
        for join in joins.values():
            token = _released(join, tree)
            if token is not None:
                return token
    return None


def _released(join: Any, tree: Any) -> Token | None:
    by_flow: dict[str, Token] = {}
    for token in _held_back(join, tree):
        by_flow.setdefault(token.internal_data[FLOW], token)
    if _may_still_come(join, tree, by_flow):
        return None
    first, *others = by_flow.values()
    for other in others:
        tree.forget(other)
    first.internal_data[PHASE] = ADMITTED
    first.task_spec.record(first, "entered")
    return first


def _may_still_come(join: Any, tree: Any, by_flow: Mapping[str, Token]) -> bool:
    """Tell whether a token elsewhere can still come by a flow that has none.

    One that could as well come by a flow that has a token is not waited for (BPMN's
    rule for the inclusive gateway).
    """
    empty = [flow.id for flow in join.incoming if flow.id not in by_flow]
    for token in tree.tokens():
        spec = token.task_spec
        if spec is join or token.internal_data.get(PHASE) == WATCHING:
            continue
        place = spec.element.id
        if any(place in join.reach[flow] for flow in empty) and not any(
            place in join.reach[flow] for flow in by_flow
        ):
            return True
    return False


def _held_back(join: Any, tree: Any) -> list[Token]:
    return [
        token
        for token in tree.tokens()
        if token.task_spec is join and token.internal_data.get(PHASE) == JOINING
    ]


def reach(join: Any) -> dict[str, frozenset[str]]:
    """Return for each flow into *join* the elements from which a token can take it.

    Paths do not pass through the join itself; an activity reaches what its boundary
    events reach.
    """
    specs = join._wf_spec.task_specs
    found = {}
    for flow in join.incoming:
        seen: set[str] = set()
        todo = [flow.source]
        while todo:
            place = todo.pop()
            if place in seen or place == join.element.id:
                continue
            seen.add(place)
            node = specs[place]
            todo += [before.source for before in node.incoming]
            if node.element.attached_to:
                todo.append(node.element.attached_to)
        found[flow.id] = frozenset(seen)
    return found
