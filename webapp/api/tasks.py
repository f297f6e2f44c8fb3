"""Tasks: listed, taken, given back, handed on, completed."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from flask import request
from msgspec import Meta

from engine.commands.tasks.byhand.handing_on import HandOnTask
from engine.commands.tasks.lifecycle import AssignTask, ClaimTask, CompleteTask, UnclaimTask
from engine.commands.tasks.signing import Proof
from engine.model import Sentence, TaskId
from engine.queries.tasks.offers import Scope as Tab
from engine.queries.tasks.one import OneTask, TaskForm
from engine.queries.tasks.worklist import Worklist
from webapp.api.acting import run
from webapp.api.declaring import about, operation
from webapp.api.forms import FormAsked, form_asked
from webapp.api.listing import Paged
from webapp.shell.gate import ask
from webapp.shell.madeup import is_made_up
from webapp.shell.speech import current_language

Sort = Literal["due", "-due", "created", "-created", "case", "-case", "name", "-name"]
_Login = Annotated[str, Meta(min_length=1, max_length=200)]


class TasksAsked(Paged, frozen=True, kw_only=True):
    """Which tasks are asked for."""

    scope: Annotated[Tab, about("Held, offered to one's roles, or late")] = "mine"
    policy: str = ""
    q: str = ""
    sort: Sort = "due"


class TaskLine(msgspec.Struct, frozen=True):
    """A task in a list."""

    id: int
    name: str
    case_id: int
    case_number: str
    is_demo: Annotated[bool, about("Whether its case is made up, for a demonstration")]
    case_title: str
    policy: Annotated[str, about("Its title")]
    unit: str | None
    assignee: str | None
    is_mine: bool
    created_at: datetime
    due: datetime | None
    follow_up: datetime | None


class TaskList(msgspec.Struct, frozen=True):
    """A page of tasks."""

    rows: list[TaskLine]
    page: int
    total: Annotated[int, about("As far as they were counted")]
    more: Annotated[bool, about("Whether there are more than were counted")]


class TaskTold(msgspec.Struct, frozen=True):
    """A task."""

    id: int
    name: str
    state: str
    case_id: int
    case_number: str
    is_demo: Annotated[bool, about("Whether its case is made up, for a demonstration")]
    process: str
    assignee: str | None
    is_mine: bool
    may_claim: bool
    waits_for: list[str]
    due: datetime | None
    created_at: datetime
    ended_at: datetime | None
    completed_by: str | None
    clauses: list[str]
    is_signed: Annotated[bool, about("Whether completing it takes the password once more")]
    form: Annotated[FormAsked | None, about("While the task is open and the person's")]


class Entered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was entered at a task."""

    values: Annotated[dict[str, Any], about("By the names of the form's fields")] = {}
    password: Annotated[
        str | None, about("The person's, where the task is signed; it is not kept")
    ] = None


class TaskToCome(msgspec.Struct, frozen=True):
    """A task that was opened by completing another."""

    id: int
    name: str
    roles: list[str]
    assignee: str | None
    due: datetime | None


class TaskCompleted(msgspec.Struct, frozen=True):
    """What completing a task led to."""

    case_id: int
    ended: Annotated[bool, about("Whether the case is over now")]
    next: list[TaskToCome]


class Receiver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to do a task."""

    login: _Login


class HandedOn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to do a task, and why."""

    login: _Login
    reason: str = ""


@operation(
    "GET", "/tasks", Sentence("List the tasks that wait for the person"), scopes=("tasks",)
)
def list_tasks(query: TasksAsked) -> TaskList:
    """Return a page of them, the most urgent first."""
    asked = Worklist(query.scope, query.policy, query.q, query.sort, query.page, query.size)
    page = ask(asked).page
    rows = [
        TaskLine(
            id=row.id,
            name=row.name,
            case_id=row.case_id,
            case_number=row.case_number,
            is_demo=is_made_up(row.case_number),
            case_title=row.case_title,
            policy=row.policy,
            unit=row.unit,
            assignee=row.assignee,
            is_mine=row.is_mine,
            created_at=row.created_at,
            due=row.due.at if row.due else None,
            follow_up=row.follow_up,
        )
        for row in page.rows
    ]
    return TaskList(rows, page.number, page.total, page.more)


@operation(
    "GET", "/tasks/{task_id}", Sentence("Read a task and its form"), scopes=("tasks",)
)
def show_task(task_id: int) -> TaskTold:
    """Return it."""
    found = ask(OneTask(TaskId(task_id), current_language()))
    is_due = found.is_mine and found.state == "open"
    opened = ask(TaskForm(TaskId(task_id), current_language())) if is_due else None
    return TaskTold(
        id=found.id,
        name=found.name,
        state=found.state,
        case_id=found.case.id,
        case_number=found.case.number,
        is_demo=is_made_up(found.case.number),
        process=found.process_id,
        assignee=found.assignee,
        is_mine=found.is_mine,
        may_claim=found.may_claim,
        waits_for=list(found.waits_for),
        due=found.due.at if found.due else None,
        created_at=found.created_at,
        ended_at=found.ended_at,
        completed_by=found.completed_by,
        clauses=[clause.id for clause in found.clauses],
        is_signed=found.signing is not None,
        form=form_asked(opened),
    )


@operation(
    "POST",
    "/tasks/{task_id}/claim",
    Sentence("Take a task that is offered to several"),
    scopes=("tasks",),
    status=204,
)
def claim_task(task_id: int) -> None:
    """Make the person its assignee."""
    run(ClaimTask(TaskId(task_id)))


@operation(
    "POST",
    "/tasks/{task_id}/unclaim",
    Sentence("Give a task back to all that it is offered to"),
    scopes=("tasks",),
    status=204,
)
def unclaim_task(task_id: int) -> None:
    """Take the assignee away."""
    run(UnclaimTask(TaskId(task_id)))


@operation(
    "POST",
    "/tasks/{task_id}/assign",
    Sentence("Assign a task to somebody to whom it is offered"),
    scopes=("tasks",),
    status=204,
)
def assign_task(task_id: int, body: Receiver) -> None:
    """Make that person its assignee."""
    run(AssignTask(TaskId(task_id), body.login))


@operation(
    "POST",
    "/tasks/{task_id}/hand-on",
    Sentence("Hand a task on to somebody else, with a reason"),
    scopes=("tasks",),
    status=204,
)
def hand_on_task(task_id: int, body: HandedOn) -> None:
    """Let that person do it, and tell them."""
    run(HandOnTask(TaskId(task_id), body.login, body.reason))


@operation(
    "POST",
    "/tasks/{task_id}/complete",
    Sentence("Complete a task with what was entered on its form"),
    scopes=("tasks",),
)
def complete_task(task_id: int, body: Entered) -> TaskCompleted:
    """Keep it, and move the case on."""
    proof = Proof(body.password, request.remote_addr or "") if body.password else None
    done = run(CompleteTask(TaskId(task_id), body.values, proof))
    return TaskCompleted(
        case_id=done.case_id,
        ended=done.ended,
        next=[
            TaskToCome(task.id, task.name, list(task.roles), task.assignee, task.due)
            for task in done.next
        ],
    )
