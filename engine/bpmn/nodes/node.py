"""What every element of a diagram does with a token: enter, work, leave.

A token is run when it is ready (SpiffWorkflow's `Task.run`). It goes through phases:
it is admitted (joins let it wait), it enters, it works (a person, a timer, a process
inside), it leaves (output mappings), it chooses its flows. Whatever fails stops it in
its phase, with nothing half done; running it again goes on from there.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, Literal

from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.advance import FlowTaken
from engine.bpmn.elements import ElementInfo, FlowInfo, VariableMapping
from engine.bpmn.failures import Stopped, pack
from engine.bpmn.nodes.choosing import flows_out
from engine.bpmn.phases import (
    ADMITTED,
    CHOOSING,
    FLOW,
    INCIDENT,
    JOINING,
    LEAVING,
    PHASE,
    UNDOABLE,
    WATCHING,
    WORKING,
)
from engine.bpmn.variables import assign, visible, with_value
from engine.bpmn.workflow import ROOT, CaseWorkflow, Token, TokenTree
from engine.model import Json, Variables

Awaited = Literal["task", "job", "timer", "message", "signal"]


class Node(BpmnSpecMixin):
    """An element of a diagram, as SpiffWorkflow's task specification."""

    #: What from outside ends its work; None where nothing does.
    awaits: Awaited | None = None
    #: Whether it gathers tokens, so that each must say by which flow it came.
    gathers: ClassVar[bool] = False
    #: Whether tokens held back here look at where other tokens are.
    looks_around: ClassVar[bool] = False
    #: Whether what runs inside it is the handlers of other activities.
    undoes: ClassVar[bool] = False
    #: Id of the activity that undoes this one, when it has been completed.
    handler: str | None = None

    def __init__(
        self, wf_spec: Any, element: ElementInfo, name: str | None = None, **extra: Any
    ) -> None:
        super().__init__(wf_spec, name or element.id, lane=element.lane, **extra)
        self.bpmn_id = element.id
        self.bpmn_name = element.name
        self.element = element
        self.kind = element.kind
        self.incoming: tuple[FlowInfo, ...] = ()
        self.outgoing: tuple[FlowInfo, ...] = ()
        self.boundaries: tuple[Node, ...] = ()

    # What SpiffWorkflow calls.

    def test(self) -> None:
        """Check nothing: the diagram was checked when it was deployed."""

    def _predict(self, my_task: Token, *_: object, **__: object) -> None:
        """Predict nothing: a tree holds living tokens only."""

    def _update_hook(self, my_task: Token) -> bool:
        return True

    def _on_ready_hook(self, my_task: Token) -> None:
        top_of(my_task).line_up(my_task)

    def _run_hook(self, my_task: Token) -> bool | None:
        try:
            return self._go(my_task)
        except Stopped as stop:
            self.stop(my_task, stop)
            return None

    def _on_complete_hook(self, my_task: Token) -> None:
        self.record(my_task, "left")
        self.remember(my_task)
        for flow in my_task.internal_data.get("flows", ()):
            self.send(my_task, flow)

    def _on_cancel(self, my_task: Token) -> None:
        notes = my_task.internal_data
        phase = notes.get(PHASE)
        if INCIDENT in notes or (self.awaits and phase in (WATCHING, WORKING)):
            top_of(my_task).log.close(my_task.id)
        if phase not in (None, JOINING, WATCHING):
            self.record(my_task, "cancelled")

    def connected(self) -> None:
        """Work out what needs the whole diagram, once it is complete."""

    @cached_property
    def all_flows(self) -> Sequence[str]:
        """The flows out of it."""
        return tuple(flow.id for flow in self.outgoing)

    @cached_property
    def is_choosing(self) -> bool:
        """Whether it is for conditions to say which flows are taken."""
        return any(flow.test for flow in self.outgoing) or bool(self.element.default_flow)

    # The phases.

    def _go(self, token: Token) -> bool | None:
        notes = token.internal_data
        notes.pop(INCIDENT, None)
        if PHASE not in notes:
            if not self.admits(token):
                notes[PHASE] = JOINING
                return None
            notes[PHASE] = ADMITTED
            self.record(token, "entered")
        if notes[PHASE] == ADMITTED:
            if not self.enter(token):
                notes[PHASE] = WORKING
                return None
            notes[PHASE] = LEAVING
        if notes[PHASE] == LEAVING:
            self.give_out(token)
            notes[PHASE] = CHOOSING
        notes["flows"] = self.choose(token)
        return True

    def admits(self, token: Token) -> bool:
        """Tell whether the token may enter now; joins hold it back."""
        return True

    def enter(self, token: Token) -> bool:
        """Take in variables, set up the events that watch, begin to work.

        Returns:
            Whether the work is done at once.
        """
        before = token.data
        token.data = {**before, **self._take_in(token)}
        try:
            watches = [event.prepare(token) for event in self.boundaries]
            done = self.begin(token)
        except Stopped:
            token.data = before
            raise
        if not done:
            for event, watch in zip(self.boundaries, watches, strict=True):
                event.watch(token, watch)
        return done

    def begin(self, token: Token) -> bool:
        """Begin the work; raise `Stopped` before anything has changed.

        Returns:
            Whether it is done at once.
        """
        return True

    def work_done(self, token: Token) -> None:
        """Go on after the work that was waited for."""
        top = top_of(token)
        if self.awaits:
            top.log.close(token.id)
        top.sleepers.wake_inside(token.id)
        for child in token.children:
            token.workflow.withdraw(child)
        token.internal_data[PHASE] = LEAVING
        token._ready()

    def give_out(self, token: Token) -> None:
        """Carry out the output mappings."""
        if self.element.outputs:
            values = self._mapped(token, self.element.outputs, "output")
            assign(token, values, own=False)

    def choose(self, token: Token) -> Sequence[str]:
        """Return the ids of the flows that the token takes."""
        return flows_out(self, token) if self.is_choosing else self.all_flows

    def stop(self, token: Token, stop: Stopped) -> None:
        """Make the token an incident."""
        token.internal_data[INCIDENT] = {
            "kind": stop.kind,
            **pack(stop.sentence),
        }
        top_of(token).log.stop(token.id, self.element, stop.kind, stop.sentence)

    def resume(self, token: Token) -> None:
        """Go on at an incident."""
        token._ready()

    def remember(self, token: Token) -> None:
        """Keep in the scope how to undo the activity, which has been completed."""
        inside = token.internal_data.get(UNDOABLE)
        if self.handler is not None:
            token.workflow.records.append([self.element.id, token.data])
        elif inside:
            token.workflow.records.append([self.element.id, token.data, inside])

    # What happens at it.

    def prepare(self, host: Token) -> Any:
        """Return what it waits for when it watches *host*; raise `Stopped` if unclear."""
        return None

    def watch(self, host: Token, watch: Any) -> None:
        """Begin to watch *host*."""

    def met(self, token: Token, values: Variables) -> None:
        """Go on with what *token* waits for, which has come."""
        raise AssertionError(f"{self.element.id} waits for nothing to come.")

    def caught(self, token: Token, watcher: Token, values: Variables) -> None:
        """Go on after *watcher*, attached to *token*, was met."""
        raise AssertionError(f"Nothing can be attached to {self.element.id}.")

    def inner_done(self, token: Token, inner: TokenTree) -> None:
        """Go on after the process inside *token* has ended."""
        raise AssertionError(f"There is no process inside {self.element.id}.")

    def occur(self, tree: TokenTree, values: Variables) -> Token:
        """Place a token here for an event that has happened already."""
        token = tree.put(self, notes={PHASE: LEAVING})
        self.record(token, "entered")
        self.deposit(token, values)
        token._ready()
        top_of(token).hurry(token)
        return token

    def deposit(self, token: Token, values: Variables) -> None:
        """Write what came from outside: kept local where output mappings pick from it."""
        if self.element.outputs:
            token.data.update(values)
        else:
            assign(token, values, own=True)

    def send(self, token: Token, flow_id: str) -> None:
        """Place a token at the end of a flow."""
        flow = self.flow(token, flow_id)
        tree = token.workflow
        target = tree.spec.task_specs[flow.target]
        arrived = tree.put(target, notes={FLOW: flow.id} if target.gathers else None)
        target._update(arrived)

    def flow(self, token: Token, flow_id: str) -> FlowInfo:
        """Return the flow *flow_id* that *token* takes, and note that it does."""
        flow = next(flow for flow in self.outgoing if flow.id == flow_id)
        if flow.drawn:
            top_of(token).log.flows.append(FlowTaken(self.element.process_id, flow_id))
        return flow

    # What the kinds of nodes share.

    def evaluate(self, token: Token, *args: Any, **kw: Any) -> Json:
        """Evaluate a term at *token*; see `Evaluator.evaluate`."""
        return top_of(token).script_engine.evaluate(token, *args, **kw)

    def _take_in(self, token: Token) -> dict[str, Json]:
        return self._mapped(token, self.element.inputs, "input")

    def _mapped(
        self, token: Token, mappings: Sequence[VariableMapping], place: str
    ) -> dict[str, Json]:
        """Return what *mappings* give; each sees what those before it gave."""
        values: dict[str, Json] = {}
        for mapping in mappings:
            name = f"{place} {'.'.join(mapping.target)}"
            value = self.evaluate(token, mapping.source, name, kind="mapping", extra=values)
            around: Mapping[str, Json] = values
            if place == "output" and mapping.target[0] not in values:
                around = visible(token)
            values[mapping.target[0]] = with_value(around, mapping.target, value)
        return values

    def record(
        self, token: Token, event: Literal["entered", "left", "cancelled", "returned"]
    ) -> None:
        """Note that *token* entered, left or was taken from here."""
        top_of(token).log.activity(
            token.id, self.element, event, path_of(token.workflow), self.kind
        )


def top_of(token: Token) -> CaseWorkflow:
    """Return the top process of the case that *token* is in."""
    top: CaseWorkflow = token.workflow.top_workflow
    return top


def path_of(tree: TokenTree) -> tuple[str, ...]:
    """Return the ids of the activities that *tree* runs inside, outermost first."""
    path: list[str] = []
    host = tree.host
    while host is not None:
        if not host.task_spec.undoes:
            path.append(host.task_spec.element.id)
        host = host.workflow.host
    return tuple(reversed(path))


def around(token: Token) -> tuple[str, ...]:
    """Return the tokens of all that *token* is inside, outermost first.

    They are calls, sub-processes, and the bodies of what is done several times.
    """
    found: list[str] = []
    inside: Token | None = token
    while inside is not None:
        body = inside._parent
        if body is not None and body != ROOT:
            found.append(body)
        inside = inside.workflow.host
        if inside is not None:
            found.append(inside.id)
    return tuple(reversed(found))


def is_alive(token: Token) -> bool:
    """Tell whether *token* is still in the process and its turn is due."""
    alive: bool = token.state == TaskState.READY
    return alive and top_of(token).index.get(token.id) is token
