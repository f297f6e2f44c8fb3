"""Conditional events: they happen when what they wait for has become true.

They are looked at when no token can move by itself, so that every change of variables of
a step has been seen, and again after what they set going.
"""

from collections.abc import Mapping
from typing import Any

from engine.bpmn.elements import ConditionInfo
from engine.bpmn.evaluation import because
from engine.bpmn.failures import Stopped
from engine.bpmn.nodes.signals import age
from engine.bpmn.phases import HELD, INCIDENT, PHASE, SEEN, WATCHING, WORKING
from engine.bpmn.variables import visible
from engine.bpmn.workflow import CaseWorkflow, Token
from engine.model import Json, Sentence


def let_conditions_happen(top: CaseWorkflow) -> bool:
    """Let each conditional event happen that has become true; tell whether any did."""
    waiting = [token for token in top.index.values() if _waits(token)]
    happened = False
    for token in sorted(waiting, key=age):
        if top.index.get(token.id) is token and _has_become_true(token):
            token.task_spec.met(token, {})
            happened = True
    return happened


def _waits(token: Token) -> bool:
    notes = token.internal_data
    return (
        token.task_spec.element.event.condition is not None
        and notes.get(PHASE) in (WATCHING, WORKING)
        and INCIDENT not in notes
    )


def _has_become_true(token: Token) -> bool:
    notes, node = token.internal_data, token.task_spec
    condition: ConditionInfo = node.element.event.condition
    if not _concerns(token, condition):
        return False
    try:
        true = _is_true(token, condition)
    except Stopped as stop:
        node.stop(token, stop)
        return False
    held = notes.pop(HELD, False)
    if true:
        notes[HELD] = True
    return true and not held


def _is_true(token: Token, condition: ConditionInfo) -> bool:
    engine: Any = token.workflow.top_workflow.script_engine
    value, result = engine.result(token, condition.test, "condition", kind="condition")
    if value is None or isinstance(value, bool):
        return bool(value)
    raise Stopped(
        "condition",
        Sentence(
            "Expected the condition “{source}” of the event to be true or false, but it is "
            "{value}. {reason}",
            {
                "source": condition.test.source,
                "value": str(value),
                "reason": because(result),
            },
        ),
    )


def _concerns(token: Token, condition: ConditionInfo) -> bool:
    """Tell whether a variable changed that the condition looks at; at first, always."""
    if not condition.variables and not condition.changes:
        return True
    notes = token.internal_data
    before, now = notes.get(SEEN), _seen(token, condition)
    notes[SEEN] = now
    if before is None:
        return True
    wanted = condition.changes or ("create", "update")
    return any(
        ("update" if name in before else "create") in wanted
        for name, value in now.items()
        if name not in before or before[name] != value
    )


def _seen(token: Token, condition: ConditionInfo) -> Mapping[str, Json]:
    names = visible(token)
    return {name: names[name] for name in condition.variables or names if name in names}
