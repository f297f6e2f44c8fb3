"""What a diagram says, typed: processes, elements, flows and their Camunda 8 extensions.

Nothing here acts. `engine.bpmn.dialect` reads it from XML, `engine.bpmn.checks` judges
it, `engine.bpmn.nodes` carries it out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.feel import Expression

EventKind = Literal[
    "none",
    "message",
    "timer",
    "error",
    "escalation",
    "terminate",
    "signal",
    "link",
    "conditional",
    "compensate",
    "cancel",
    "unsupported",
]
TimerKind = Literal["date", "duration", "cycle"]
StartKind = Literal["none", "message", "timer", "signal"]


@dataclass(frozen=True, slots=True)
class Term:
    """A text of the diagram: FEEL when it begins with "=", else itself."""

    source: str
    expression: Expression | None = None  #: None for a literal.

    @property
    def literal(self) -> str | None:
        """The text, where it is no FEEL."""
        return None if self.source.startswith("=") else self.source


@dataclass(frozen=True, slots=True)
class VariableMapping:
    """One line of a zeebe:ioMapping."""

    source: Term
    target: tuple[str, ...]  #: A path: ``("customer", "phone")`` for ``customer.phone``.


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who may do a user task."""

    assignee: Term | None = None
    groups: Term | None = None
    users: Term | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """By when a user task wants doing; deadlines are counted in working time."""

    due: Term | None = None
    follow_up: Term | None = None
    priority: Term | None = None
    deadline: Term | None = None
    warn: Term | None = None


@dataclass(frozen=True, slots=True)
class TimerInfo:
    """When a timer is due: a date, a duration from now, or a cycle."""

    kind: TimerKind
    text: Term


@dataclass(frozen=True, slots=True)
class ConditionInfo:
    """What a conditional event waits for, and which changes it looks at."""

    test: Term
    variables: tuple[str, ...] = ()  #: Whose changes count; empty for all.
    changes: tuple[str, ...] = ()  #: ``create``, ``update``; empty for both.


@dataclass(frozen=True, slots=True)
class EventInfo:
    """What an event, or a receive task, waits for or throws."""

    kind: EventKind
    message: Term | None = None
    key: Term | None = None  #: Correlation key of the message.
    code: str | None = None  #: Of an error or escalation; None catches every one.
    timer: TimerInfo | None = None
    signal: Term | None = None  #: Name of the signal.
    link: str | None = None  #: Name that joins the two ends of a link.
    condition: ConditionInfo | None = None
    activity_ref: str | None = None  #: The activity that is compensated; None for all.


@dataclass(frozen=True, slots=True)
class Loop:
    """A multi-instance activity: for the items of a list, or a number of times."""

    sequential: bool
    collection: Term | None
    item: str | None = None  #: Name of the variable with the instance's item.
    output_collection: str | None = None
    output_element: Term | None = None
    completion: Term | None = None
    cardinality: Term | None = None  #: How often, where there is no list.


@dataclass(frozen=True, slots=True)
class StandardLoop:
    """An activity that is done again while a condition is true."""

    condition: Term | None = None  #: None for always.
    maximum: int | None = None
    test_before: bool = False  #: Whether it can be done not at all.


@dataclass(frozen=True, slots=True)
class Call:
    """A call activity: which process, and which variables go in and out."""

    process_id: str
    all_in: bool = True
    all_out: bool = True


@dataclass(frozen=True, slots=True)
class JobInfo:
    """Work for the machine, as zeebe:taskDefinition and zeebe:taskHeaders say."""

    type: Term
    retries: Term | None = None
    headers: Mapping[str, Term] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExpressionInfo:
    """A FEEL expression of an element and what it is for."""

    place: str  #: Such as ``condition``, ``input``, ``dueDate``.
    source: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class ElementInfo:
    """A flow node of a process."""

    id: str
    kind: str  #: The BPMN tag, such as ``userTask``.
    name: str
    file: str
    process_id: str
    scope: str | None = None  #: The embedded sub-process that it lies in.
    lane: str | None = None
    documentation: str | None = None
    form_id: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    clauses: tuple[str, ...] = ()
    inputs: tuple[VariableMapping, ...] = ()
    outputs: tuple[VariableMapping, ...] = ()
    assignment: Assignment = Assignment()
    schedule: Schedule = Schedule()
    event: EventInfo = EventInfo("none")
    loop: Loop | None = None
    repeat: StandardLoop | None = None
    call: Call | None = None
    job: JobInfo | None = None
    decision: Term | None = None
    script: Term | None = None
    result_variable: str | None = None
    attached_to: str | None = None  #: Of a boundary event.
    interrupting: bool = True  #: Of a boundary event, or an event sub-process's start.
    event_sub: bool = False  #: A sub-process that an event triggers.
    for_compensation: bool = False  #: Carried out only to undo another activity.
    #: Of a compensation boundary event: the activities that associations join it with.
    handlers: tuple[str, ...] = ()
    default_flow: str | None = None
    direction: str | None = None  #: Of a gateway: what it is marked as.
    expressions: tuple[ExpressionInfo, ...] = ()

    @property
    def called_process(self) -> str | None:
        """Id of the process that a call activity calls."""
        return self.call.process_id if self.call else None

    @property
    def handler(self) -> str | None:
        """Id of the activity that undoes the one that this boundary event sits on."""
        return self.handlers[0] if self.handlers else None

    @property
    def decision_id(self) -> str | None:
        """Id of the decision that a business rule task calls, where it is fixed."""
        return self.decision.literal if self.decision else None

    @property
    def job_type(self) -> str | None:
        """Type of the job, where it is fixed."""
        return self.job.type.literal if self.job else None

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers of the job, as written."""
        if self.job is None:
            return {}
        return {name: term.source for name, term in self.job.headers.items()}

    @property
    def writes(self) -> frozenset[str]:
        """Names of the variables that it sets by itself."""
        names = {mapping.target[0] for mapping in (*self.inputs, *self.outputs)}
        if self.result_variable:
            names.add(self.result_variable)
        if self.loop:
            names |= {self.loop.item or "", self.loop.output_collection or ""}
        return frozenset(names - {""})


@dataclass(frozen=True, slots=True)
class FlowInfo:
    """A sequence flow."""

    id: str
    name: str
    source: str
    target: str
    condition: str | None = None  #: As written.
    test: Term | None = None  #: The condition, parsed.
    drawn: bool = True  #: Not so from one end of a link to the other.


@dataclass(frozen=True, slots=True)
class StartInfo:
    """A start event of a process: how it comes to begin."""

    element_id: str
    kind: StartKind
    name: str = ""
    form_id: str | None = None
    message_name: str | None = None
    signal_name: str | None = None
    timer: TimerInfo | None = None


@dataclass(frozen=True, slots=True)
class ProcessInfo:
    """A process, with the elements of its embedded sub-processes."""

    id: str
    name: str
    file: str
    elements: Mapping[str, ElementInfo]
    flows: Mapping[str, FlowInfo]
    starts: tuple[StartInfo, ...]
    documentation: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
