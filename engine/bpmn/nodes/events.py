"""Events: starts, ends, catching and throwing in between, and at activities' borders."""

from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.bpmn.failures import Stopped
from engine.bpmn.nodes.node import Awaited, Node, top_of
from engine.bpmn.nodes.tasks import JobNode
from engine.bpmn.nodes.throwing import find_catcher, throw
from engine.bpmn.nodes.waits import Wait, open_wait, prepare_wait, renewed
from engine.bpmn.phases import PHASE, WATCHING
from engine.bpmn.workflow import Token
from engine.model import Sentence, Variables


class StartNode(Node):
    """A start event: the token that begins a process."""


class CatchNode(Node):
    """An intermediate event or receive task that waits for a moment or a message."""

    def __init__(self, wf_spec: Any, element: Any, *args: Any, **extra: Any) -> None:
        super().__init__(wf_spec, element, *args, **extra)
        kinds: dict[str, Awaited] = {"timer": "timer", "message": "message"}
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

    def caught(self, token: Token, watcher: Token, values: Variables) -> None:
        """Go on with what came."""
        self.deposit(token, values)
        self.work_done(token)


class BoundaryNode(CatchNode):
    """An event at the border of an activity."""

    def met(self, watcher: Token, values: Variables) -> None:
        """Go along the flow of the event; the activity ends where it interrupts."""
        host, tree = watcher.parent, watcher.workflow
        if self.element.interrupting:
            tree.withdraw(host)
        elif self.awaits == "timer":
            due = renewed(watcher, top_of(watcher).script_engine)
            tree.withdraw(watcher)
            if due is not None:
                self.watch(host, due)
        self.occur(tree, values)


class ThrowNode(Node):
    """An intermediate event that throws an escalation, or nothing."""

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


class EndNode(Node):
    """An end event: none, error, escalation or terminate."""

    def begin(self, token: Token) -> bool:
        """Make sure that somebody catches an error."""
        event = self.element.event
        if event.kind == "error" and find_catcher(token, "error", event.code) is None:
            raise Stopped(
                "error",
                Sentence(
                    "Expected the error {code} to be caught, but no boundary event around "
                    "it does.",
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
