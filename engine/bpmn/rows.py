"""The rows of a saved state: one for each token, short because every case has them."""

from typing import Any

from engine.bpmn.problems import ModelError
from engine.bpmn.workflow import ROOT, CaseWorkflow, Token, TokenTree
from engine.model import Json


def write_tree(tree: TokenTree, hidden: frozenset[str]) -> Json:
    """Return *tree* without the *hidden* tokens."""
    host = None if tree.host is None else tree.host.id
    own = tree.data if host is not None and tree.is_home else None
    rows = [write_row(token) for token in tree.tokens() if token.id not in hidden]
    records = [tree.records] if tree.records else []
    return [host, tree.spec.name, own, rows, *records]


def write_row(token: Token) -> Json:
    """Return *token*: id, element, state, notes; variables and parent where it has any."""
    row = [token.id, token.task_spec.name, token.state, token.internal_data]
    parent = token._parent if token._parent != ROOT else None
    if token.data or parent:
        row.append(token.data)
    if parent:
        row.append(parent)
    return row


def read_tree(top: CaseWorkflow, written: Json) -> None:
    """Take up what `write_tree` wrote; the process around it is there already."""
    host, name, own, rows, *records = written
    tree: TokenTree = top
    if host is not None:
        spec_of(top.subprocess_specs, name)
        tree = top.create_subprocess(top.index[host], name, own is not None)
        tree.data.update(own or {})
    for row in rows:
        read_row(tree, row)
    if records:
        tree.records = records[0]


def read_row(tree: TokenTree, row: Json) -> None:
    """Place the token in *tree* that `write_row` wrote.

    Raises:
        ModelError: If the definitions have no such element.
    """
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


def spec_of(specs: Any, name: str) -> Any:
    """Return the specification *name*.

    Raises:
        ModelError: If the definitions have none.
    """
    if name not in specs:
        raise ModelError(
            "Expected process “{process}” in the definitions, but there is none.",
            process=name,
        )
    return specs[name]
