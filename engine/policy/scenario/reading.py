"""Reads scenarios: example cases that must go as written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from engine.model import Finding, Json, Sentence, Variables
from engine.policy.scenario.deeds import Step
from engine.policy.scenario.steps import read_step, read_without
from engine.policy.toml import Table, TomlFile

STATES = ("open", "closed", "cancelled")
#: What people are told by beside letters, each of a task.
REMINDERS = ("reminder", "overdue", "routed")


@dataclass(frozen=True, slots=True)
class ExpectedNotice:
    """A letter, or a reminder of a task, that must have gone to somebody."""

    kind: str  #: letter or one of `REMINDERS`.
    about: str  #: Id of the letter or of the task.
    to: str | None  #: A login, or a role that the person holds.
    email: str | None = None  #: The address that a letter must have gone to.


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
    before: tuple[str, ...]  #: Ids of scenarios whose cases were there before, in order.
    start: datetime
    process: str
    by: str | None  #: A login or `PUBLIC`; the system itself where it is None.
    given: Variables
    without: tuple[str, ...]  #: Fields of *given*: without any one, it must be refused.
    steps: tuple[Step, ...]
    end: End


def parse_scenario(name: str, text: str) -> tuple[Scenario | None, list[Finding]]:
    """Return the scenario in file *name*, if it can be played, and all that is wrong."""
    file = TomlFile(name, text)
    top = file.top
    title, process = top.required_text("name"), top.required_text("process")
    clauses, by = top.texts("clauses"), top.text("by") or None
    before = top.texts("before")
    start, given = top.moment("start"), top.values("given")
    without = read_without(top, "given")
    if "start" not in top:
        top.missing("start")
    steps = tuple(
        read_step(table, number) for number, table in enumerate(top.tables("step"), start=1)
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
        before=before,
        start=start,
        process=process,
        by=by,
        given=given,
        without=without,
        steps=steps,
        end=end,
    )
    return scenario, file.findings


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
    kinds = [kind for kind in ("letter", *REMINDERS) if kind in table]
    if len(kinds) > 1:
        table.file.report(
            table.path,
            "scenario-notice",
            Sentence(
                "Expected one of {known} in a notice, but there are {count}.",
                {"known": ", ".join(("letter", *REMINDERS)), "count": len(kinds)},
            ),
            Sentence("Write a notice of its own for each."),
        )
    kind = kinds[0] if kinds else "letter"
    for other in kinds[1:]:
        table.text(other)  # Told above; it is no unknown key besides.
    about = table.required_text(kind)
    email = (table.text("email") or None) if kind == "letter" else None
    notice = ExpectedNotice(kind, about, table.text("to") or None, email)
    table.close()
    return notice
