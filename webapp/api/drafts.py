"""Half-filled forms of tasks: read, kept, thrown away."""

from datetime import datetime
from typing import Annotated, Any

import msgspec

from engine.commands.tasks.byhand.drafts import DropDraft
from engine.commands.tasks.lifecycle import SaveDraft
from engine.model import Sentence, TaskId
from engine.queries.tasks.one import TaskDraft
from webapp.api.acting import run
from webapp.api.declaring import about, operation
from webapp.shell.gate import ask


class DraftKept(msgspec.Struct, frozen=True):
    """What the person left half-filled."""

    values: Annotated[dict[str, Any], about("By the names of the form's fields")]
    kept_at: datetime


class HalfFilled(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is filled in so far, right or not."""

    values: Annotated[dict[str, Any], about("By the names of the form's fields")]


@operation(
    "GET",
    "/tasks/{task_id}/draft",
    Sentence("Read what the person left half-filled at a task"),
    scopes=("tasks",),
)
def show_draft(task_id: int) -> DraftKept:
    """Return it; nobody else's."""
    found = ask(TaskDraft(TaskId(task_id)))
    return DraftKept(dict(found.values), found.at)


@operation(
    "PUT",
    "/tasks/{task_id}/draft",
    Sentence("Keep what is filled in at a task so far"),
    scopes=("tasks",),
    status=204,
)
def save_draft(task_id: int, body: HalfFilled) -> None:
    """Keep it in place of what was kept before."""
    run(SaveDraft(body.values, task_id=TaskId(task_id)))


@operation(
    "DELETE",
    "/tasks/{task_id}/draft",
    Sentence("Throw away what the person left half-filled at a task"),
    scopes=("tasks",),
    status=204,
)
def drop_draft(task_id: int) -> None:
    """Forget it."""
    run(DropDraft(TaskId(task_id)))
