"""What may happen in a scenario, and what may have to hold on the way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.model import Variables

#: What a refusal may be for, beside faults of fields.
REFUSALS = ("not-allowed", "not-found", "invalid-state", "conflict")
#: Whom a scenario lets start a case as customers do, without a login.
PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class TaskWaits:
    """A task must wait; with values somebody completes it, or is refused."""

    element: str
    group: str | None
    due: datetime | None
    by: str | None  #: A login or `CUSTOMER`; the first demo person who may, unless given.
    values: Variables | None
    refused: str | None  #: One of `REFUSALS`.
    refused_fields: tuple[str, ...]
    groups: tuple[str, ...] = ()  #: All for whom it waits, no others.
    warn: datetime | None = None  #: When whoever does it must be reminded.
    #: Fields of *values*: without any one of them, completing must be refused there.
    without: tuple[str, ...] = ()
    signed: bool = True  #: Whether whoever completes it signs, where that is asked for.


@dataclass(frozen=True, slots=True)
class MessageComes:
    """A message arrives from outside."""

    name: str
    key: str  #: Literal, or FEEL after ``=``.
    payload: Variables


@dataclass(frozen=True, slots=True)
class SignalComes:
    """A signal is broadcast from outside, or by another case."""

    name: str
    payload: Variables


@dataclass(frozen=True, slots=True)
class TaskIsGone:
    """A task must not wait (any more)."""

    element: str


@dataclass(frozen=True, slots=True)
class CaseIsStopped:
    """The case must be stopped by an incident here."""

    element: str


@dataclass(frozen=True, slots=True)
class CaseIsRetried:
    """Somebody corrects variables and lets the case try again where it was stopped."""

    element: str
    values: Variables


@dataclass(frozen=True, slots=True)
class CaseFollowed:
    """From here on it is about another case, such as one that this case opened."""

    number: str  #: Of that case: literal, or FEEL after ``=``.


@dataclass(frozen=True, slots=True)
class SurveyAnswered:
    """The customer answers the survey after the case is closed, or is refused."""

    values: Variables
    refused: str | None  #: One of `REFUSALS`.
    refused_fields: tuple[str, ...]
    without: tuple[str, ...] = ()  #: As of `TaskWaits`.


Routed = Literal["return", "withdraw", "hand-on", "ask-opinion", "opinion", "copy", "urge"]


@dataclass(frozen=True, slots=True)
class TaskRouted:
    """Somebody sends work elsewhere by hand, or answers who asked for an opinion."""

    verb: Routed
    element: str  #: The task; empty for an opinion, which is on what *by* was asked.
    to: str | None  #: The step it returns to, or the login of who gets or is asked it.
    by: str | None  #: A login; who holds the task or may do it, unless given.
    text: str  #: The reason, the question, or the opinion.
    holds: bool  #: Whether the task waits for the opinion.
    refused: str | None  #: One of `REFUSALS`.
    refused_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskExtended:
    """Somebody asks for more time for a task, and perhaps somebody decides on it."""

    element: str  #: The task.
    until: datetime | None  #: None: only a request that is open already is decided on.
    reason: str
    by: str | None  #: A login; who holds the task or may do it, unless given.
    decider: str | None  #: A login; None: it is only asked for.
    granted: bool  #: Whether the decider grants it.
    remark: str
    refused: str | None  #: One of `REFUSALS`; of the decision where there is a decider.
    refused_fields: tuple[str, ...]


Deed = (
    TaskWaits
    | MessageComes
    | SignalComes
    | TaskIsGone
    | CaseIsStopped
    | CaseIsRetried
    | SurveyAnswered
    | CaseFollowed
    | TaskRouted
    | TaskExtended
)


@dataclass(frozen=True, slots=True)
class Step:
    """Time that passes first, and then something that is done or must hold."""

    number: int  #: Its place in the file, from 1.
    at: datetime | None
    deed: Deed | None
