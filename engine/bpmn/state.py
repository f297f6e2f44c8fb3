"""Writes an execution as two short texts, and reads it back.

The state holds the living tokens and nothing else: no specification, no history.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec

from engine.bpmn.problems import ModelError
from engine.bpmn.rows import read_tree, spec_of, write_tree
from engine.bpmn.sleeping import Sleeping, Written, find_idle
from engine.bpmn.workflow import CaseWorkflow
from engine.model import Json

VERSION = 2
_PLAIN = 1  #: Written where nothing sleeps or is recorded; older programs read it.


@dataclass(frozen=True, slots=True)
class Saved:
    """An execution between two steps."""

    state: str  #: The tokens, as JSON.
    variables: str  #: The variables of the root scope, as JSON.


class _Head(msgspec.Struct):
    v: int


class _State(msgspec.Struct):
    v: int
    process: str
    next: int
    trees: list[Any]
    asleep: Written = {}


_encoder = msgspec.json.Encoder(decimal_format="number")
_head = msgspec.json.Decoder(_Head)
_state = msgspec.json.Decoder(_State, float_hook=Decimal)
_variables = msgspec.json.Decoder(float_hook=Decimal)


def write_state(workflow: CaseWorkflow) -> Saved:
    """Return *workflow* as text."""
    idle = find_idle(workflow)
    trees = [
        write_tree(tree, idle.tokens)
        for tree in workflow.trees()
        if tree.host is None or tree.host.id not in idle.tokens
    ]
    asleep = workflow.sleepers.written(idle)
    plain = not asleep and all(len(tree) == len(trees[0]) == 4 for tree in trees)
    state = {
        "v": _PLAIN if plain else VERSION,
        "process": workflow.spec.name,
        "next": workflow.counter,
        "trees": trees,
    }
    if asleep:
        state["asleep"] = asleep
    return Saved(_text(state), _text(workflow.data))


def without_tokens(state: str) -> str:
    """Return a saved state as one in which nothing waits or knows anything any more."""
    ended = msgspec.json.decode(state)
    ended.pop("asleep", None)
    return _text({**ended, "trees": []})


def _text(value: Json) -> str:
    return _encoder.encode(value).decode()


def read_state(saved: Saved, specs: Any) -> CaseWorkflow:
    """Return the workflow that `write_state` wrote.

    Raises:
        ModelError: If the definitions are not those that it was written with.
    """
    version = _head.decode(saved.state).v
    if version not in (_PLAIN, VERSION):
        raise ModelError(
            "Expected a saved state of version {version}, but got {other}.",
            version=VERSION,
            other=version,
        )
    state = _state.decode(saved.state)
    workflow = CaseWorkflow(spec_of(specs, state.process), specs, _NOTHING)
    workflow.data.update(_variables.decode(saved.variables))
    workflow.counter = state.next
    for tree in state.trees:
        read_tree(workflow, tree)
    workflow.sleepers = Sleeping(workflow, state.asleep)
    workflow.completed = not workflow.index
    return workflow


_NOTHING = object()  # Each step brings its own evaluator.
