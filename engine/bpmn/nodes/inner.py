"""Activities with a process inside: embedded sub-processes and call activities."""

from typing import Any

from engine.bpmn.failures import Stopped
from engine.bpmn.nodes.events import open_scope
from engine.bpmn.nodes.node import Node, top_of
from engine.bpmn.phases import UNDOABLE
from engine.bpmn.variables import assign
from engine.bpmn.workflow import Token, TokenTree
from engine.model import Sentence

DEEPEST = 20  #: Processes inside processes; more is a mistake.


class SubProcessNode(Node):
    """An embedded sub-process."""

    #: Whether the inner process keeps what it writes until it ends.
    keeps_variables = False

    @property
    def inside(self) -> str:
        """Id of the process specification inside."""
        return self.element.id

    def begin(self, token: Token) -> bool:
        """Begin the process inside."""
        top = top_of(token)
        if _depth(token) >= DEEPEST:
            raise Stopped(
                "depth",
                Sentence(
                    "Expected at most {limit} processes inside each other, but there are "
                    "more.",
                    {"limit": DEEPEST},
                ),
            )
        inner = top.create_subprocess(token, self.inside, self.keeps_variables)
        self.begin_inside(token, inner)
        return False

    def begin_inside(self, token: Token, inner: Any) -> None:
        """Begin the process inside at its start event."""
        begin_process(inner, inner.spec.begin)

    def inner_done(self, token: Token, inner: TokenTree) -> None:
        """Go on after the process inside."""
        if inner.records and not self.element.event_sub:
            token.internal_data[UNDOABLE] = inner.records
        self.work_done(token)


class CallNode(SubProcessNode):
    """A call activity: another process of the deployment."""

    keeps_variables = True

    @property
    def inside(self) -> str:
        """Id of the process that is called."""
        return self.element.called_process or ""

    def inner_done(self, token: Token, inner: TokenTree) -> None:
        """Hand out what the called process wrote, then go on."""
        if self.element.outputs:
            token.data.update(inner.data)
        elif self.element.call is not None and self.element.call.all_out:
            assign(token, inner.data, own=True)
        self.work_done(token)


def begin_process(tree: Any, start: Node) -> Token:
    """Place the first token of *tree* at its start event."""
    token: Token = tree.put(start)
    open_scope(tree, token)
    start._update(token)
    return token


def _depth(token: Token) -> int:
    depth = 0
    host = token.workflow.host
    while host is not None:
        depth, host = depth + 1, host.workflow.host
    return depth
