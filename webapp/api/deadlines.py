"""Deadlines: more time asked for, and decided on."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from engine.commands.admitting.entries import LONGEST_TEXT
from engine.commands.deadlines.extending import DecideExtension, RequestExtension
from engine.model import Sentence, TaskId
from engine.queries.deadlines.extensions import ExtensionsToDecide, MoreTime, TimesOfCase
from engine.queries.tasks.one import OneTask
from webapp.api.acting import run
from webapp.api.declaring import about, operation
from webapp.api.listing import Paged
from webapp.shell.gate import ask
from webapp.shell.madeup import is_made_up
from webapp.shell.speech import current_language

_Moment = Annotated[datetime, Meta(tz=True)]


class ExtensionTold(msgspec.Struct, frozen=True):
    """A request for more time, and what came of it."""

    id: int
    state: Annotated[str, about("open, granted, refused or lapsed")]
    by: str
    at: datetime
    due: Annotated[datetime, about("When the task was due as it was asked")]
    until: datetime
    reason: str
    waits_for: Annotated[str, about("The title of the role that decides")]
    decided_by: str | None
    ended_at: datetime | None
    remark: str


class TimeTold(msgspec.Struct, frozen=True):
    """What there is to say of the deadline of a task."""

    may_ask: Annotated[bool, about("Whether the person may ask for more time now")]
    may_decide: Annotated[int | None, about("The request that the person decides on")]
    requests: list[ExtensionTold]


class MoreTimeAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Until when more time is asked for, and why."""

    until: _Moment
    reason: Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]


class ExtensionAsked(msgspec.Struct, frozen=True):
    """The request that was made."""

    id: int


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is decided on a request for more time."""

    granted: bool
    until: Annotated[_Moment | None, about("If it is another moment than asked for")] = None
    remark: Annotated[
        str, Meta(max_length=LONGEST_TEXT), about("Why, where it is refused")
    ] = ""


class ExtensionLine(msgspec.Struct, frozen=True):
    """A request that waits for a decision."""

    asked: ExtensionTold
    case_id: int
    case_number: str
    is_demo: Annotated[bool, about("Whether its case is made up, for a demonstration")]
    case_title: str
    task_id: int
    task: str
    due: datetime | None


class ExtensionList(msgspec.Struct, frozen=True):
    """A page of requests."""

    rows: list[ExtensionLine]
    page: int
    total: int


@operation(
    "GET",
    "/tasks/{task_id}/extensions",
    Sentence("Read the requests for more time for a task"),
    scopes=("tasks",),
)
def show_extensions(task_id: int) -> TimeTold:
    """Return them, the oldest first."""
    case = ask(OneTask(task_id, current_language())).case
    found = ask(TimesOfCase(case.id)).get(task_id)
    if found is None:
        return TimeTold(may_ask=False, may_decide=None, requests=[])
    return TimeTold(found.may_ask, found.may_decide, [_told(it) for it in found.requests])


@operation(
    "POST",
    "/tasks/{task_id}/extensions",
    Sentence("Ask for more time for a task"),
    scopes=("tasks",),
    status=201,
)
def request_extension(task_id: int, body: MoreTimeAsked) -> ExtensionAsked:
    """Put the request to those who decide on it."""
    command = RequestExtension(TaskId(task_id), body.until, body.reason)
    return ExtensionAsked(run(command))


@operation(
    "GET",
    "/extensions",
    Sentence("List the requests for more time that the person decides on"),
    scopes=("tasks",),
)
def list_extensions(query: Paged) -> ExtensionList:
    """Return a page of them, the oldest first."""
    page = ask(ExtensionsToDecide(query.page, query.size))
    rows = [
        ExtensionLine(
            asked=_told(row.asked),
            case_id=row.case_id,
            case_number=row.case_number,
            is_demo=is_made_up(row.case_number),
            case_title=row.case_title,
            task_id=row.task_id,
            task=row.task,
            due=row.due.at if row.due else None,
        )
        for row in page.rows
    ]
    return ExtensionList(rows, page.number, page.total)


@operation(
    "POST",
    "/extensions/{extension_id}/decision",
    Sentence("Grant more time for a task, or refuse it"),
    scopes=("tasks",),
    status=204,
)
def decide_extension(extension_id: int, body: Decision) -> None:
    """Decide; where it is granted, the task is due then."""
    run(DecideExtension(extension_id, body.granted, body.until, body.remark))


def _told(asked: MoreTime) -> ExtensionTold:
    return ExtensionTold(
        id=asked.id,
        state=asked.state,
        by=asked.by,
        at=asked.at,
        due=asked.due,
        until=asked.until,
        reason=asked.reason,
        waits_for=asked.waits_for,
        decided_by=asked.decided_by,
        ended_at=asked.ended_at,
        remark=asked.remark,
    )
