"""Cases: found, read, remarked on."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from engine.commands.admitting.entries import LONGEST_TEXT
from engine.commands.cases.lifecycle import AddComment
from engine.model import CaseId, Sentence
from engine.queries.cases.file import CaseFile
from engine.queries.search.cases import Cases
from webapp.api.acting import run
from webapp.api.declaring import about, operation
from webapp.api.listing import Paged
from webapp.shell.gate import ask
from webapp.shell.madeup import is_made_up
from webapp.shell.speech import current_language, spoken

State = Literal["", "open", "closed", "cancelled", "overdue", "incident"]
Sort = Literal[
    "-started",
    "started",
    "-number",
    "number",
    "-updated",
    "updated",
    "-customer",
    "customer",
]


class CasesAsked(Paged, frozen=True, kw_only=True):
    """Which cases are asked for."""

    q: Annotated[str, about("A number, a customer, or words that were written down")] = ""
    state: State = ""
    policy: str = ""
    unit: str = ""
    mine: Annotated[bool, about("Only those that the person registered")] = False
    sort: Sort = "-started"


class CaseLine(msgspec.Struct, frozen=True):
    """A case in a list."""

    id: int
    number: str
    is_demo: Annotated[bool, about("Whether it is made up, for a demonstration")]
    title: str
    customer: str | None
    policy: Annotated[str, about("Its title")]
    unit: str | None
    state: str
    waits_for: Annotated[list[str], about("Names of its open tasks")]
    has_incident: bool
    is_overdue: bool
    started_at: datetime
    started_by: str
    ended_at: datetime | None


class CaseList(msgspec.Struct, frozen=True):
    """A page of cases."""

    rows: list[CaseLine]
    page: int
    total: Annotated[int, about("As far as they were counted")]
    more: Annotated[bool, about("Whether there are more than were counted")]


class TaskOfCase(msgspec.Struct, frozen=True):
    """A task that a case waits for."""

    id: int
    name: str
    waits_for: list[str]
    assignee: str | None
    due: datetime | None
    created_at: datetime


class AnswerGiven(msgspec.Struct, frozen=True):
    """A question of the form by which the case was opened, and its answer."""

    label: str
    text: str
    documents: list[Any]


class Happened(msgspec.Struct, frozen=True):
    """Something that happened to a case."""

    at: datetime
    kind: str
    what: str
    by: str | None
    text: str
    clauses: list[str]


class CaseTold(msgspec.Struct, frozen=True):
    """A case."""

    id: int
    number: str
    is_demo: Annotated[bool, about("Whether it is made up, for a demonstration")]
    title: str
    customer: str | None
    policy: str
    policy_title: str
    version: int
    unit: str | None
    state: str
    started_at: datetime
    started_by: str
    ended_at: datetime | None
    reason: str | None
    tasks: list[TaskOfCase]
    registered: list[AnswerGiven]
    history: list[Happened]
    variables: Annotated[dict[str, Any] | None, about("Only for who operates")]


class NewComment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A remark."""

    text: Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]


class CommentMade(msgspec.Struct, frozen=True):
    """The remark that was made."""

    id: int


@operation("GET", "/cases", Sentence("Find cases"), scopes=("cases",))
def list_cases(query: CasesAsked) -> CaseList:
    """Return a page of those that the person may see."""
    asked = Cases(
        text=query.q,
        state=query.state,
        policy=query.policy,
        unit=query.unit,
        is_mine=query.mine,
        sort=query.sort,
        page=query.page,
        size=query.size,
    )
    page = ask(asked).page
    rows = [
        CaseLine(
            id=row.id,
            number=row.number,
            is_demo=is_made_up(row.number),
            title=row.title,
            customer=row.customer,
            policy=row.policy,
            unit=row.unit,
            state=row.state,
            waits_for=list(row.waits_for),
            has_incident=row.has_incident,
            is_overdue=row.is_overdue,
            started_at=row.started_at,
            started_by=row.started_by,
            ended_at=row.ended_at,
        )
        for row in page.rows
    ]
    return CaseList(rows, page.number, page.total, page.more)


@operation("GET", "/cases/{case_id}", Sentence("Read a case"), scopes=("cases",))
def show_case(case_id: int) -> CaseTold:
    """Return it with its tasks and its history."""
    found = ask(CaseFile(case_id, current_language()))
    head = found.head
    return CaseTold(
        id=head.id,
        number=head.number,
        is_demo=is_made_up(head.number),
        title=head.title,
        customer=head.customer,
        policy=head.policy_key,
        policy_title=head.policy,
        version=head.version,
        unit=head.unit,
        state=head.state,
        started_at=head.started_at,
        started_by=head.started_by,
        ended_at=head.ended_at,
        reason=head.reason,
        tasks=[
            TaskOfCase(
                id=task.id,
                name=task.name,
                waits_for=list(task.waits_for),
                assignee=task.assignee,
                due=task.due.at if task.due else None,
                created_at=task.created_at,
            )
            for task in found.tasks
        ],
        registered=[
            AnswerGiven(answer.label, answer.text, list(answer.documents))
            for answer in found.registered
        ],
        history=[
            Happened(
                at=event.at,
                kind=event.kind,
                what=spoken(event.sentence),
                by=event.by,
                text=event.text,
                clauses=list(event.clauses),
            )
            for event in found.events
        ],
        variables=None if found.variables is None else dict(found.variables),
    )


@operation(
    "POST",
    "/cases/{case_id}/comments",
    Sentence("Remark something on a case"),
    scopes=("cases",),
    status=201,
)
def add_comment(case_id: int, body: NewComment) -> CommentMade:
    """Add the remark."""
    return CommentMade(run(AddComment(CaseId(case_id), body.text)))
