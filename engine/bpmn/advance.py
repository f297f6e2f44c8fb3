"""What changed in a step: what waits now, what no longer does, and the way taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from engine.bpmn.elements import ElementInfo
from engine.dmn import DecisionOutcome
from engine.model import Json, Sentence, Variables

BODY = "multiInstanceBody"  #: The kind of what stands around several instances.


@dataclass(frozen=True, slots=True)
class UserTask:
    """Work that waits for a person."""

    token: str
    around: tuple[str, ...]  #: Tokens of all that it is done inside, outermost first.
    process_id: str
    element_id: str
    name: str
    lane: str | None
    assignee: str | None
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    due: datetime | None
    warn: datetime | None
    follow_up: datetime | None
    priority: int
    form_id: str | None
    properties: Mapping[str, str]
    clauses: tuple[str, ...]
    local: Variables  #: What input mappings and multi-instance put in front.


@dataclass(frozen=True, slots=True)
class Timer:
    """A moment that is waited for; each timer fires once."""

    token: str
    process_id: str
    element_id: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Subscription:
    """A message that is waited for; it may come again where it does not interrupt."""

    token: str
    process_id: str
    element_id: str
    message: str
    key: str | None
    kind: Literal["message", "signal"] = "message"


@dataclass(frozen=True, slots=True)
class Job:
    """Work that waits for the machine."""

    token: str
    process_id: str
    element_id: str
    type: str
    headers: Mapping[str, Json]  #: Texts as written, or what their FEEL gave.
    inputs: Variables  #: What the input mappings gave.
    retries: int


Waiting: TypeAlias = UserTask | Timer | Subscription | Job


@dataclass(frozen=True, slots=True)
class Activity:
    """An element that was entered, left, cancelled, or returned to an earlier one."""

    token: str
    process_id: str
    element_id: str
    kind: str  #: The BPMN tag; `BODY` or ``standardLoopBody`` around others.
    name: str
    event: Literal["entered", "left", "cancelled", "returned"]
    path: tuple[str, ...]  #: Ids of the calls and sub-processes around it, outermost first.


@dataclass(frozen=True, slots=True)
class FlowTaken:
    """A sequence flow that a token went along."""

    process_id: str
    flow_id: str


@dataclass(frozen=True, slots=True)
class DecisionTaken:
    """A decision that a business rule task called."""

    token: str
    process_id: str
    element_id: str
    decision_id: str
    outcome: DecisionOutcome


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal that was thrown; whoever waited in this case has caught it."""

    name: str
    payload: Variables


@dataclass(frozen=True, slots=True)
class IncidentOpened:
    """A token that stopped, and why."""

    token: str
    process_id: str
    element_id: str
    kind: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Advance:
    """What changed in a step; the caller writes it down, closed tokens first."""

    opened: tuple[Waiting, ...]
    closed: tuple[str, ...]  #: Tokens that no longer wait, or are no longer stopped.
    activities: tuple[Activity, ...]
    flows: tuple[FlowTaken, ...]
    decisions: tuple[DecisionTaken, ...]
    incidents: tuple[IncidentOpened, ...]
    ended: bool
    end_events: tuple[str, ...]  #: Ids of the end events reached in the top process.
    signals: tuple[Signal, ...] = ()  #: For other cases, in the order of throwing.


@dataclass(slots=True)
class Log:
    """Collects what happens during a step."""

    opened: dict[str, Waiting] = field(default_factory=dict)
    closed: dict[str, None] = field(default_factory=dict)
    activities: list[Activity] = field(default_factory=list)
    flows: list[FlowTaken] = field(default_factory=list)
    decisions: list[DecisionTaken] = field(default_factory=list)
    incidents: dict[str, IncidentOpened] = field(default_factory=dict)
    end_events: list[str] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)

    def open(self, waiting: Waiting) -> None:
        """Note that a token waits for something outside."""
        self.opened[waiting.token] = waiting

    def close(self, token: str) -> None:
        """Note that *token* no longer waits; what began in this step is forgotten."""
        known = self.opened.pop(token, None) or self.incidents.pop(token, None)
        if known is None:
            self.closed[token] = None

    def activity(
        self,
        token: str,
        element: ElementInfo,
        event: Literal["entered", "left", "cancelled", "returned"],
        path: tuple[str, ...],
        kind: str | None = None,
    ) -> None:
        """Note that *token* entered, left or was taken from an element."""
        self.activities.append(
            Activity(
                token,
                element.process_id,
                element.id,
                kind or element.kind,
                element.name,
                event,
                path,
            )
        )

    def stop(self, token: str, element: ElementInfo, kind: str, why: Sentence) -> None:
        """Note that *token* stopped at *element*."""
        self.incidents[token] = IncidentOpened(
            token, element.process_id, element.id, kind, why
        )

    def advance(self, ended: bool) -> Advance:
        """Return all of it."""
        return Advance(
            opened=tuple(self.opened.values()),
            closed=tuple(self.closed),
            activities=tuple(self.activities),
            flows=tuple(self.flows),
            decisions=tuple(self.decisions),
            incidents=tuple(self.incidents.values()),
            ended=ended,
            end_events=tuple(self.end_events),
            signals=tuple(self.signals),
        )
