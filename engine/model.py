"""The nouns that every part of the engine speaks of, and nothing that acts on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, NewType, Protocol, TypeAlias

CaseId = NewType("CaseId", int)
TaskId = NewType("TaskId", int)
DeploymentId = NewType("DeploymentId", int)
PersonId = NewType("PersonId", int)
DocumentId = NewType("DocumentId", int)

#: A JSON value. Numbers are int or Decimal, never float; dates are ISO strings.
Json: TypeAlias = Any
Variables: TypeAlias = Mapping[str, Json]


class Clock(Protocol):
    """Where the engine gets the time from; simulation brings its own."""

    def now(self) -> datetime:
        """Return the present moment, always with a time zone."""


class SystemClock:
    """The wall clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message for a person: an English template and the values in it.

    It is translated when it is shown, by its template; `str` gives the English.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)


Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check found in a bundle: where, what, and what to do."""

    file: str  #: Path inside the bundle.
    element: str | None  #: Id of the BPMN element, DMN rule, form component or TOML key.
    rule: str  #: Stable id of the rule that found it, such as ``bpmn-unsupported``.
    what: Sentence
    remedy: Sentence
    severity: Severity = "error"
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """A role that a person holds, within a unit where the role asks for one."""

    role: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who gives a command or asks a question."""

    login: str
    name: str
    person_id: PersonId | None = None  #: None for the system itself.
    rights: frozenset[str] = frozenset()
    memberships: frozenset[Membership] = frozenset()

    def holds(self, role: str, unit: str | None = None) -> bool:
        """Tell whether the person holds *role*, within *unit* if one is named."""
        return any(
            held.role == role and (unit is None or held.unit in (None, unit))
            for held in self.memberships
        )


#: The engine acting by itself: timers, schedules, deliveries.
SYSTEM = Actor(login="system", name="系统", rights=frozenset({"system"}))

#: A customer who has no login, acting through the pages that are open to all.
PUBLIC = Actor(login="public", name="客户")


class EngineError(Exception):
    """The engine could not do what it was asked.

    Args:
        template: An English sentence with ``{named}`` values.
        values: The values in it.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        self.sentence = Sentence(template, values)
        super().__init__(str(self.sentence))


class Rejected(EngineError):
    """The command was understood and refused; nothing has changed."""


class NotFound(Rejected):
    """There is nothing by that name or number."""


class NotAllowed(Rejected):
    """This person may not do this."""


class InvalidState(Rejected):
    """It is too late, or too early, to do this."""


class Conflict(Rejected):
    """Somebody else was first."""


class Unavailable(Rejected):
    """It cannot be done just now, for want of room or of quiet."""


class InvalidValues(Rejected):
    """What was entered does not fit the form.

    Args:
        errors: For each field's path what is wrong with it.
    """

    def __init__(self, errors: Mapping[str, tuple[Sentence, ...]]) -> None:
        super().__init__(
            "Expected values that fit the form, but {count} fields do not.",
            count=len(errors),
        )
        self.errors = errors


class BundleInvalid(Rejected):
    """A bundle that must not be deployed.

    Args:
        findings: All that the check found.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        errors = sum(1 for finding in findings if finding.severity == "error")
        super().__init__(
            "Expected a bundle without errors, but the check found {count}.", count=errors
        )
        self.findings = findings
