"""Reads scenarios: example cases that must go as written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from engine.model import Finding, Json, Sentence, Variables
from engine.policy.toml import Table, TomlFile

#: What a refusal may be for, beside faults of fields.
REFUSALS = ("not-allowed", "not-found", "invalid-state", "conflict")
#: Whom a scenario lets start a case as customers do, without a login.
PUBLIC = "public"
STATES = ("open", "closed", "cancelled")


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
class SurveyAnswered:
    """The customer answers the survey after the case is closed, or is refused."""

    values: Variables
    refused: str | None  #: One of `REFUSALS`.
    refused_fields: tuple[str, ...]


Deed = (
    TaskWaits
    | MessageComes
    | SignalComes
    | TaskIsGone
    | CaseIsStopped
    | CaseIsRetried
    | SurveyAnswered
)


@dataclass(frozen=True, slots=True)
class Step:
    """Time that passes first, and then something that is done or must hold."""

    number: int  #: Its place in the file, from 1.
    at: datetime | None
    deed: Deed | None


@dataclass(frozen=True, slots=True)
class ExpectedNotice:
    """A letter that must have gone to somebody."""

    letter: str
    to: str | None  #: A login, or a role that the person holds.


@dataclass(frozen=True, slots=True)
class End:
    """What must hold after the last step."""

    state: str
    ends: tuple[str, ...]
    variables: Variables
    notices: tuple[ExpectedNotice, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """An example case."""

    id: str  #: The name of its file.
    file: str
    name: str
    clauses: tuple[str, ...]
    start: datetime
    process: str
    by: str | None  #: A login or `PUBLIC`; the system itself where it is None.
    given: Variables
    steps: tuple[Step, ...]
    end: End


def parse_scenario(name: str, text: str) -> tuple[Scenario | None, list[Finding]]:
    """Return the scenario in file *name*, if it can be played, and all that is wrong."""
    file = TomlFile(name, text)
    top = file.top
    title, process = top.required_text("name"), top.required_text("process")
    clauses, by = top.texts("clauses"), top.text("by") or None
    start, given = top.moment("start"), top.values("given")
    if "start" not in top:
        top.missing("start")
    steps = tuple(
        _step(table, number) for number, table in enumerate(top.tables("step"), start=1)
    )
    end = _end(top)
    top.close()
    if file.is_broken or start is None:
        return None, file.findings
    scenario = Scenario(
        id=PurePosixPath(name).stem,
        file=name,
        name=title,
        clauses=clauses,
        start=start,
        process=process,
        by=by,
        given=given,
        steps=steps,
        end=end,
    )
    return scenario, file.findings


def _step(table: Table, number: int) -> Step:
    at = table.moment("at")
    kinds = [kind for kind in _DEEDS if kind in table]
    if len(kinds) > 1 or (not kinds and "at" not in table):
        table.file.report(
            table.path,
            "scenario-step",
            Sentence(
                "Expected one of {known} in a step, but there are {count}.",
                {"known": ", ".join([*_DEEDS, "at"]), "count": len(kinds)},
            ),
            Sentence("Make a step of its own for each, with its own [[step]]."),
        )
    deed = _DEEDS[kinds[0]](table) if kinds else None
    if len(kinds) <= 1:
        table.close()
    return Step(number, at, deed)


def _task_waits(table: Table) -> TaskWaits:
    completes = "values" in table
    refused, fields = _refusal(table)
    if (refused or fields) and not completes:
        table.missing("values")
    return TaskWaits(
        element=table.required_text("waits"),
        group=table.text("group") or None,
        due=table.moment("due"),
        by=table.text("by") or None,
        values=table.values("values") if completes else None,
        refused=refused,
        refused_fields=fields,
        signed=table.flag("signed", True),
    )


def _refusal(table: Table) -> tuple[str | None, tuple[str, ...]]:
    if isinstance(table.raw("refused"), str):
        return table.choice("refused", REFUSALS, REFUSALS[0]), ()
    refused = table.table("refused")
    fields = refused.texts("fields")
    if field := refused.text("field"):
        fields = (*fields, field)
    if "refused" in table and not fields:
        refused.missing("field")
    refused.close()
    return None, fields


def _message_comes(table: Table) -> MessageComes:
    return MessageComes(
        name=table.required_text("message"),
        key=table.required_text("key"),
        payload=table.values("payload"),
    )


def _signal_comes(table: Table) -> SignalComes:
    return SignalComes(name=table.required_text("signal"), payload=table.values("payload"))


def _task_is_gone(table: Table) -> TaskIsGone:
    return TaskIsGone(table.required_text("gone"))


def _case_is_stopped(table: Table) -> CaseIsStopped:
    return CaseIsStopped(table.required_text("incident"))


def _case_is_retried(table: Table) -> CaseIsRetried:
    return CaseIsRetried(table.required_text("retry"), table.values("values"))


def _survey_answered(table: Table) -> SurveyAnswered:
    refused, fields = _refusal(table)
    return SurveyAnswered(table.values("survey"), refused, fields)


_DEEDS: Mapping[str, Callable[[Table], Deed]] = {
    "waits": _task_waits,
    "message": _message_comes,
    "signal": _signal_comes,
    "gone": _task_is_gone,
    "incident": _case_is_stopped,
    "retry": _case_is_retried,
    "survey": _survey_answered,
}


def _end(top: Table) -> End:
    if "end" not in top:
        top.missing("end")
    table = top.table("end")
    variables: Mapping[str, Json] = table.values("variables")
    end = End(
        state=table.choice("state", STATES, "closed"),
        ends=table.texts("ends"),
        variables=variables,
        notices=tuple(map(_expected_notice, table.tables("notices"))),
    )
    table.close()
    return end


def _expected_notice(table: Table) -> ExpectedNotice:
    notice = ExpectedNotice(table.required_text("letter"), table.text("to") or None)
    table.close()
    return notice
