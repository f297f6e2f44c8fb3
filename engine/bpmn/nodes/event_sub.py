"""Event sub-processes: begun by an event while the scope around them runs.

The scope has a token that watches for each event that comes from outside or from a
change of variables; an error or escalation looks for its event sub-process when it is
thrown. A scope whose only tokens are such watchers is over.
"""

from typing import Any

from engine.bpmn.elements import ElementInfo
from engine.bpmn.nodes.events import CatchNode, open_scope
from engine.bpmn.nodes.inner import SubProcessNode
from engine.bpmn.phases import GIVEN
from engine.bpmn.workflow import Token, TokenTree
from engine.model import Variables


class EventSubNode(SubProcessNode):
    """An event sub-process that has begun."""

    def begin_inside(self, token: Token, inner: Any) -> None:
        """Begin at the event, which has happened already."""
        values = token.internal_data.pop(GIVEN, {})
        open_scope(inner, inner.spec.begin.occur(inner, values))


class EventSubWatch(CatchNode):
    """The start event of an event sub-process, as the scope around it waits for it."""

    def __init__(self, wf_spec: Any, element: ElementInfo, sub: EventSubNode) -> None:
        super().__init__(wf_spec, element, f"{sub.element.id}:watch")
        self.sub = sub

    def met(self, watcher: Token, values: Variables) -> None:
        """Begin the event sub-process; the rest of the scope ends where it interrupts."""
        tree = watcher.workflow
        if not self.element.interrupting:
            self.watch_on(watcher)
        self.occur(tree, values)

    def occur(self, tree: TokenTree, values: Variables) -> Token:
        """Begin the event sub-process in *tree* for an event that has happened."""
        if self.element.interrupting:
            for other in tree.task_tree.children:
                tree.withdraw(other)
        token = tree.put(self.sub, notes={GIVEN: dict(values)})
        token.run()  # At once, so that all see what came, whoever runs next.
        return token
