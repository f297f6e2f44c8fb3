"""Half-filled forms: laid before people again at a step done anew, or thrown away."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.moving.handling import refuse_outsider
from engine.forms import Form
from engine.forms.component import Component
from engine.model import Json, TaskId, Variables
from engine.store.drafts import draft_at, no_draft, task_place
from engine.store.models import Draft, Submission, Task
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class DropDraft:
    """Throw away what the actor left half-filled at a task."""

    task_id: TaskId

    def run(self, tx: Transaction) -> None:
        """Forget it; the task stays as it is.

        Raises:
            NotFound: If there is no such task, or nothing is kept.
            NotAllowed: If the case is not for the actor.
        """
        task = tx.task(self.task_id)
        refuse_outsider(tx, task, tx.actor)
        kept = draft_at(tx, task_place(task.id))
        if kept is None:
            raise no_draft(task.id)
        tx.session.delete(kept)


def lay_before(tx: Transaction, login: str, entered_at: Task, task: Task) -> None:
    """Make what was entered at one task the draft of *login* for *task*.

    Done anew, fields that ask anew every time are left out; taken back, all is there.
    """
    if entered_at.form_id is None or entered_at.form_id != task.form_id:
        return
    values = tx.session.scalar(
        select(Submission.values)
        .where(Submission.task_id == entered_at.id, Submission.command == "CompleteTask")
        .order_by(Submission.id.desc())
        .limit(1)
    )
    if values is None:
        return
    if entered_at.id != task.id:
        form = tx.loaded(task.case.deployment_id).forms[task.form_id]
        values = without_new(form, values)
    place = task_place(task.id)
    tx.session.add(
        Draft(login=login, place=place, task_id=task.id, fields=values, at=tx.now)
    )


def without_new(form: Form, values: Variables) -> dict[str, Json]:
    """Return *values* without the fields that *form* asks anew every time."""
    kept: dict[str, Json] = deepcopy(dict(values))
    _leave_out(form.components, kept)
    return kept


def _leave_out(components: tuple[Component, ...], values: dict[str, Json]) -> None:
    for component in components:
        *around, key = component.path or ("",)
        held = _at(values, around)
        if component.properties.get("prefill") == "no" and isinstance(held, dict):
            held.pop(key, None)
        inside = _at(values, component.path)
        for each in inside if isinstance(inside, list) else [inside]:
            if isinstance(each, dict):
                _leave_out(component.children, each)


def _at(values: Json, path: Sequence[str]) -> Json:
    for name in path:
        values = values.get(name) if isinstance(values, dict) else None
    return values
