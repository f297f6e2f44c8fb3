"""Compensation: what was completed in a scope is undone, the last first.

A scope keeps a record of each completed activity that can be undone: its id and its
local variables. A sub-process without a handler of its own keeps the records of what is
inside (BPMN 2.0.2, 13.5.5); a called process and an event sub-process leave none.
Handlers run one after the other, each in a tree of its own inside the token that throws.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from engine.bpmn.nodes.events import EndNode
from engine.bpmn.nodes.node import Node, top_of
from engine.bpmn.phases import UNDOING
from engine.bpmn.workflow import Token, TokenTree
from engine.model import Json


class UndoingNode(Node):
    """An event that has completed activities undone, and waits for it."""

    undoes: ClassVar[bool] = True

    def begin(self, token: Token) -> bool:
        """Begin to undo what is recorded; done at once where that is nothing."""
        wanted = self.element.event.activity_ref
        token.internal_data[UNDOING] = list(take_records(scope_of(token), wanted))
        return not self._undo_next(token)

    def inner_done(self, token: Token, inner: TokenTree) -> None:
        """Undo the next, or go on."""
        if not self._undo_next(token):
            self.work_done(token)

    def _undo_next(self, token: Token) -> bool:
        ahead = token.internal_data[UNDOING]
        if not ahead:
            return False
        scope, handler, data = ahead.pop(0)
        inner = top_of(token).create_subprocess(token, scope)
        node = inner.spec.task_specs[handler]
        node._update(inner.put(node, data=data))
        return True


class UndoingEndNode(UndoingNode, EndNode):
    """An end event that has completed activities undone."""


class CancelEndNode(UndoingNode, EndNode):
    """The end event that cancels a transaction (BPMN 2.0.2, 10.3.5 and 13.3.5)."""

    def begin(self, token: Token) -> bool:
        """Take away what else is in the transaction, and undo what was completed."""
        tree = token.workflow
        for other in tree.task_tree.children:
            if other is not token:
                tree.withdraw(other)
        return super().begin(token)

    def _on_complete_hook(self, my_task: Token) -> None:
        super()._on_complete_hook(my_task)
        tree: TokenTree = my_task.workflow
        host = tree.host
        if host is None:
            raise AssertionError(f"{self.element.id} lies in no transaction.")
        border: Any = next(
            event
            for event in host.task_spec.boundaries
            if event.element.event.kind == "cancel"
        )
        tree.forget(my_task)
        around: TokenTree = host.workflow
        around.withdraw(host)
        border.occur(around, {})


def scope_of(token: Token) -> TokenTree:
    """Return the scope whose activities *token* has undone.

    An event sub-process undoes what was done in the scope around it.
    """
    tree: TokenTree = token.workflow
    if tree.host is not None and tree.host.task_spec.element.event_sub:
        tree = tree.host.workflow
    return tree


def take_records(tree: TokenTree, activity: str | None) -> Iterator[list[Json]]:
    """Take the records of *activity*, or all, out of *tree*: what to do, the last first.

    Each is given as the scope that the handler is drawn in, the handler's id, and the
    variables that it is to see as its own.
    """
    wanted = [held for held in tree.records if activity in (None, held[0])]
    tree.records = [held for held in tree.records if activity not in (None, held[0])]
    specs = tree.top_workflow.subprocess_specs
    yield from _undoing(specs, tree.spec.name, wanted, {})


def _undoing(
    specs: Mapping[str, Any],
    scope: str,
    records: Sequence[Json],
    around: Mapping[str, Json],
) -> Iterator[list[Json]]:
    for activity, data, *inside in reversed(records):
        held = {**around, **data}
        if inside:
            yield from _undoing(specs, activity, inside[0], held)
        else:
            yield [scope, specs[scope].task_specs[activity].handler, held]
