"""Erases what people wrote about a case: remarks, reasons, questions, messages, errors."""

from sqlalchemy import case as case_of
from sqlalchemy import func, literal, or_, select, update

from engine.model import Sentence
from engine.store.models import (
    Breach,
    Case,
    Comment,
    Extension,
    Incident,
    Job,
    Message,
    Opinion,
    Routed,
)
from engine.store.transaction import Transaction

_ERASED = Sentence("What was said here was erased.")


def erase_writings(tx: Transaction, case: Case) -> None:
    """Leave who did what and when, and nothing of the words."""
    run, case_id = tx.session.execute, case.id
    run(update(Comment).where(Comment.case_id == case_id).values(text=""))
    run(update(Routed).where(Routed.case_id == case_id).values(reason=""))
    opinions = update(Opinion).where(Opinion.case_id == case_id)
    run(opinions.values(question=""))
    run(opinions.where(Opinion.text.is_not(None)).values(text=""))
    asked = update(Extension).where(Extension.case_id == case_id)
    run(asked.values(reason=""))
    run(asked.where(Extension.remark.is_not(None)).values(remark=""))
    late = update(Breach).where(Breach.case_id == case_id)
    run(late.where(Breach.remark.is_not(None)).values(remark=""))
    stopped = update(Incident).where(Incident.case_id == case_id)
    run(stopped.values(sentence=_ERASED))
    _erase_jobs(tx, case_id)
    _erase_messages(tx, case)


def _erase_jobs(tx: Transaction, case_id: int) -> None:
    mine = Job.case_id == case_id
    waiting = update(Job).where(mine, Job.state.in_(["waiting", "failed"]))
    tx.session.execute(waiting.values(state="cancelled", ended_at=tx.now))
    # Whoever is at one just now needs to know what it is; then it leads nowhere.
    idle = update(Job).where(mine, Job.state != "running")
    tx.session.execute(idle.values(payload={}, last_error=None))


def _erase_messages(tx: Transaction, case: Case) -> None:
    """Blank what came from outside, and let no sender's own number lead to it.

    What was sent to the case by its number came for it, too, though it never waited.
    """
    number = literal("erased:").concat(func.cast(Message.id, Message.message_id.type))
    unheard = Message.case_id.is_(None) & (Message.key == case.number)
    came = select(Message.id).where(or_(Message.case_id == case.id, unheard))
    over = case_of({"kept": "expired"}, value=Message.state, else_=Message.state)
    tx.session.execute(
        update(Message)
        .where(Message.id.in_(came))
        .values(payload={}, key=None, message_id=number, state=over)
    )
