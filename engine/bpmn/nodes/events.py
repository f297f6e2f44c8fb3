"""Events: starts, ends, catching and throwing in between, and at activities' borders."""

from collections.abc import Sequence
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.bpmn.failures import Stopped
from engine.bpmn.nodes.node import Awaited, Node, top_of
from engine.bpmn.nodes.signals import broadcast
from engine.bpmn.nodes.tasks import JobNode
from engine.bpmn.nodes.throwing import find_catcher, throw
from engine.bpmn.nodes.waits import (
    Wait,
    open_wait,
    prepare_wait,
    renewed,
    signal_name,
)
from engine.bpmn.phases import INCIDENT, PHASE, SIGNAL, UNWATCHED, WATCHING, WORKING
from engine.bpmn.workflow import Token, TokenTree
from engine.model import Sentence, Variables


class StartNode(Node):
    """A start event: the token that begins a process."""

    def give_out(self, token: Token) -> None:
        """Carry out the output mappings; those of a trigger stay with what it begins."""
        host = token.workflow.host
        if host is None or not host.task_spec.element.event_sub:
            super().give_out(token)
        else:
            host.data.update(self._mapped(token, self.element.outputs, "output"))

    def choose(self, token: Token) -> Sequence[str]:
        """Go on when the events of the scope are watched for."""
        if UNWATCHED in token.internal_data:
            watch_scope(token.workflow)
            del token.internal_data[UNWATCHED]
        return super().choose(token)


def open_scope(tree: TokenTree, start: Token) -> None:
    """Watch for the event sub-processes of *tree* before its first token runs.

    What is still unclear, such as a variable that the start event is to set, is tried
    again there, and then stops it.
    """
    try:
        watch_scope(tree)
    except Stopped:
        start.internal_data[UNWATCHED] = True


def watch_scope(tree: TokenTree) -> None:
    """Place a token for each event that begins an event sub-process of *tree*."""
    root = tree.task_tree
    waits = [(watch, watch.prepare(root)) for watch in tree.spec.watches]
    for watch, wait in waits:
        watch.watch(root, wait)


class CatchNode(Node):
    """An intermediate event or receive task that waits for something to happen."""

    def __init__(self, wf_spec: Any, element: Any, *args: Any, **extra: Any) -> None:
        super().__init__(wf_spec, element, *args, **extra)
        kinds: dict[str, Awaited] = {
            "timer": "timer",
            "message": "message",
            "signal": "signal",
        }
        self.awaits: Awaited | None = kinds.get(element.event.kind)

    def begin(self, token: Token) -> bool:
        """Begin to wait."""
        wait = self.prepare(token)
        if wait is None:
            return True
        open_wait(token, self.element, wait)
        return False

    def prepare(self, host: Token) -> Wait | None:
        """Return what it waits for, as seen from *host*."""
        return prepare_wait(top_of(host).script_engine, host, self.element.event)

    def watch(self, host: Token, watch: Wait | None) -> None:
        """Attach a token to *host* that waits here."""
        if watch is None:
            return
        watcher = host.workflow.put(self, host, notes={PHASE: WATCHING})
        watcher._set_state(TaskState.WAITING)
        open_wait(watcher, self.element, watch)

    def watch_on(self, watcher: Token) -> None:
        """Go on watching after the event has happened; a timer as often as it says."""
        if self.awaits == "timer":
            host = watcher.parent
            due = renewed(watcher, top_of(watcher).script_engine)
            watcher.workflow.withdraw(watcher)
            if due is not None:
                self.watch(host, due)

    def resume(self, token: Token) -> None:
        """Go on at an incident; a condition is looked at again."""
        if token.internal_data.get(PHASE) in (WATCHING, WORKING):
            del token.internal_data[INCIDENT]
        else:
            super().resume(token)

    def met(self, token: Token, values: Variables) -> None:
        """Go on with what came, here or at the event-based gateway before it."""
        if token.internal_data[PHASE] == WATCHING:
            token.parent.task_spec.caught(token.parent, token, values)
        else:
            self.caught(token, token, values)

    def caught(self, token: Token, watcher: Token, values: Variables) -> None:
        """Go on with what came."""
        self.deposit(token, values)
        self.work_done(token)
        top_of(token).hurry(token)


class BoundaryNode(CatchNode):
    """An event at the border of an activity."""

    def met(self, watcher: Token, values: Variables) -> None:
        """Go along the flow of the event; the activity ends where it interrupts."""
        host, tree = watcher.parent, watcher.workflow
        if self.element.interrupting:
            tree.withdraw(host)
        else:
            self.watch_on(watcher)
        self.occur(tree, values)


class ThrowNode(Node):
    """An intermediate event that throws an escalation or a signal, or nothing."""

    def begin(self, token: Token) -> bool:
        """Make clear which signal it throws."""
        note_signal(self, token)
        return True

    def _on_complete_hook(self, my_task: Token) -> None:
        catcher = None
        if self.element.event.kind == "escalation":
            catcher = find_catcher(my_task, "escalation", self.element.event.code)
        if catcher is None or not catcher.interrupting:
            super()._on_complete_hook(my_task)
        else:
            self.record(my_task, "left")
            my_task.workflow.forget(my_task)
        if catcher is not None:
            throw(catcher)
        throw_signal(my_task)


def note_signal(node: Node, token: Token) -> None:
    """Note the name of the signal that *node* throws at *token*, if it throws one."""
    if node.element.event.kind == "signal":
        engine = top_of(token).script_engine
        token.internal_data[SIGNAL] = signal_name(engine, token, node.element.event)


def throw_signal(token: Token) -> None:
    """Throw the signal that was noted, with the event's local variables."""
    name = token.internal_data.get(SIGNAL)
    if name is not None:
        token.workflow.forget(token)
        broadcast(top_of(token), name, dict(token.data))


class EndNode(Node):
    """An end event: none, error, escalation, signal or terminate."""

    def begin(self, token: Token) -> bool:
        """Make sure that somebody catches an error, and which signal is thrown."""
        note_signal(self, token)
        event = self.element.event
        if event.kind == "error" and find_catcher(token, "error", event.code) is None:
            raise Stopped(
                "error",
                Sentence(
                    "Expected the error {code} to be caught, but nothing around it does.",
                    {"code": event.code or "-"},
                ),
            )
        return True

    def _on_complete_hook(self, my_task: Token) -> None:
        super()._on_complete_hook(my_task)
        self.reached(my_task)
        kind = self.element.event.kind
        if kind == "terminate":
            tree = my_task.workflow
            for other in tree.task_tree.children:
                if other is not my_task:
                    tree.withdraw(other)
        elif kind in ("error", "escalation"):
            catcher = find_catcher(my_task, kind, self.element.event.code)
            if catcher is not None:
                my_task.workflow.forget(my_task)
                throw(catcher)
        throw_signal(my_task)

    def reached(self, token: Token) -> None:
        """Note that the top process has reached this end."""
        if token.workflow is top_of(token):
            top_of(token).log.end_events.append(self.element.id)


class MessageEndNode(JobNode):
    """An end event that sends a message by a job."""

    def _on_complete_hook(self, my_task: Token) -> None:
        super()._on_complete_hook(my_task)
        if my_task.workflow is top_of(my_task):
            top_of(my_task).log.end_events.append(self.element.id)
