"""Writes an execution as two short texts, and reads it back.

The state holds the living tokens and nothing else: no specification, no history. Names
are short because every case has one.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec

from engine.bpmn.problems import ModelError
from engine.bpmn.workflow import ROOT, CaseWorkflow, Token, TokenTree
from engine.model import Json

VERSION = 1
_encoder = msgspec.json.Encoder(decimal_format="number")
_decoder = msgspec.json.Decoder(float_hook=Decimal)


@dataclass(frozen=True, slots=True)
class Saved:
    """An execution between two steps."""

    state: str  #: The tokens, as JSON.
    variables: str  #: The variables of the root scope, as JSON.


def write_state(workflow: CaseWorkflow) -> Saved:
    """Return *workflow* as text."""
    trees = [_tree(None, workflow)]
    trees += [_tree(host, tree) for host, tree in workflow.subprocesses.items()]
    state = {
        "v": VERSION,
        "process": workflow.spec.name,
        "next": workflow.counter,
        "trees": trees,
    }
    return Saved(_text(state), _text(workflow.data))


def _text(value: Json) -> str:
    return _encoder.encode(value).decode()


def _tree(host: str | None, tree: TokenTree) -> Json:
    own = tree.data if host is not None and tree.is_home else None
    rows = [_row(token) for token in tree.tokens()]
    records = [tree.records] if tree.records else []
    return [host, tree.spec.name, own, rows, *records]


def _row(token: Token) -> Json:
    row = [token.id, token.task_spec.name, token.state, token.internal_data]
    parent = token._parent if token._parent != ROOT else None
    if token.data or parent:
        row.append(token.data)
    if parent:
        row.append(parent)
    return row


def read_process_id(saved: Saved) -> str:
    """Return the id of the top process of *saved*."""
    process_id: str = _decoder.decode(saved.state)["process"]
    return process_id


def read_state(saved: Saved, specs: Any) -> CaseWorkflow:
    """Return the workflow that `write_state` wrote.

    Raises:
        ModelError: If the definitions are not those that it was written with.
    """
    state = _decoder.decode(saved.state)
    if state["v"] != VERSION:
        raise ModelError(
            "Expected a saved state of version {version}, but got {other}.",
            version=VERSION,
            other=state["v"],
        )
    workflow = CaseWorkflow(_spec(specs, state["process"]), specs, _NOTHING)
    workflow.data.update(_decoder.decode(saved.variables))
    workflow.counter = state["next"]
    for host, name, own, rows, *records in state["trees"]:
        tree: TokenTree = workflow
        if host is not None:
            _spec(specs, name)
            tree = workflow.create_subprocess(workflow.index[host], name, own is not None)
            tree.data.update(own or {})
        for row in rows:
            _restore(tree, row)
        tree.records = records[0] if records else []
    workflow.completed = not workflow.index
    return workflow


def _restore(tree: TokenTree, row: Json) -> None:
    token_id, name, state, notes = row[:4]
    spec = tree.spec.task_specs.get(name)
    if spec is None:
        raise ModelError(
            "Expected element “{element}” in the process, but the definitions have none.",
            element=name,
        )
    parent = tree.tasks[row[5] if len(row) > 5 else ROOT]
    token = Token(tree, spec, parent, state, token_id)
    token.internal_data = notes
    token.data = row[4] if len(row) > 4 else {}
    tree.top_workflow.index[token_id] = token


def _spec(specs: Any, name: str) -> Any:
    if name not in specs:
        raise ModelError(
            "Expected process “{process}” in the definitions, but there is none.",
            process=name,
        )
    return specs[name]


_NOTHING = object()  # Each step brings its own evaluator.
