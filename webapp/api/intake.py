"""Complaints that come from other systems."""

from datetime import datetime
from typing import Annotated, Any

import msgspec

from engine.commands.cases.lifecycle import StartCase
from engine.model import Sentence
from engine.queries.cases.file import CaseFile
from engine.queries.tasks.starts import StartChoices, StartForm
from webapp.api.acting import run
from webapp.api.declaring import about, operation
from webapp.api.forms import FormAsked, form_asked
from webapp.shell.gate import ask
from webapp.shell.speech import current_language


class StartOffered(msgspec.Struct, frozen=True):
    """Something that the person may register."""

    policy: str
    policy_title: str
    process: str
    title: str


class StartAsked(msgspec.Struct, frozen=True):
    """What is to be filled in to register something."""

    policy: str
    process: str
    title: str
    form: FormAsked | None
    units: Annotated[list[str], about("Name one of them where there are several")]


class NewCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was entered on the start form."""

    values: Annotated[dict[str, Any], about("By the names of the form's fields")] = {}
    unit: Annotated[str | None, about("For who registers in several units")] = None


class OpenedCase(msgspec.Struct, frozen=True):
    """The case that was opened."""

    id: int
    number: str
    title: str
    state: str
    started_at: datetime


@operation(
    "GET",
    "/starts",
    Sentence("List what the person may register"),
    scopes=("intake", "policies"),
)
def list_starts() -> list[StartOffered]:
    """Return them by policy."""
    return [
        StartOffered(found.policy_key, found.policy, found.process_id, found.title)
        for found in ask(StartChoices())
    ]


@operation(
    "GET",
    "/policies/{key}/processes/{process}/form",
    Sentence("Show the form by which a case is opened"),
    scopes=("intake",),
)
def show_start(key: str, process: str) -> StartAsked:
    """Return its fields."""
    found = ask(StartForm(key, process, current_language()))
    return StartAsked(
        policy=found.choice.policy_key,
        process=found.choice.process_id,
        title=found.choice.title,
        form=form_asked(found.form),
        units=[unit for unit, _ in found.units],
    )


@operation(
    "POST",
    "/policies/{key}/processes/{process}/cases",
    Sentence("Open a case with what was entered on its form"),
    scopes=("intake",),
    status=201,
)
def open_case(key: str, process: str, body: NewCase) -> OpenedCase:
    """Open it, and tell its number."""
    case_id = run(StartCase(key, process, body.values, body.unit))
    head = ask(CaseFile(case_id, current_language())).head
    return OpenedCase(head.id, head.number, head.title, head.state, head.started_at)
