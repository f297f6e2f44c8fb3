"""Finds and drops what people left half-filled: the forms of tasks and of starts."""

from sqlalchemy import bindparam, delete, select

from engine.model import NotFound
from engine.store.models import Draft
from engine.store.reading import Reading
from engine.store.transaction import Transaction

STARTS = "start:"  #: Before the names of the places of starts.

_DRAFTS = Draft.__table__
_DROP = delete(_DRAFTS).where(
    _DRAFTS.c.login == bindparam("by_login"), _DRAFTS.c.place == bindparam("at_place")
)


def task_place(task_id: int) -> str:
    """Return the name under which a half-filled form of a task is kept."""
    return f"task:{task_id}"


def start_place(policy_key: str, process_id: str) -> str:
    """Return the name under which a half-filled form of a start is kept."""
    return f"{STARTS}{policy_key}/{process_id}"


def draft_at(reading: Reading, place: str) -> Draft | None:
    """Return what the asking person left half-filled at *place*."""
    return reading.session.scalar(
        select(Draft).where(Draft.login == reading.actor.login, Draft.place == place)
    )


def drop_draft(tx: Transaction, place: str) -> None:
    """Forget what the actor filled in at *place*, because it was sent."""
    tx.execute(_DROP, {"by_login": tx.actor.login, "at_place": place})


def no_draft(task_id: int) -> NotFound:
    """Return what is said where the person left nothing half-filled at a task."""
    return NotFound(
        "Expected to find something half-filled at task {task}, but there is nothing.",
        task=task_id,
    )
