"""Erases letters and notices about a case, and ends the customer's link to it."""

from sqlalchemy import update

from engine.model import Sentence
from engine.store.models import CustomerLetter, Delivery, Notice, TrackingLink
from engine.store.transaction import Transaction

_LETTER = Sentence("The words of this letter were erased.")
_NOTICE = Sentence("The words of this notice were erased.")


def erase_letters(tx: Transaction, case_id: int) -> None:
    """Leave who was written to and when, and nothing of the words."""
    run = tx.session.execute
    told = update(Notice).where(Notice.case_id == case_id).values(title=None, body=None)
    run(told.where(Notice.kind == "letter").values(sentence=_LETTER))
    run(told.where(Notice.kind != "letter").values(sentence=_NOTICE))
    blank = {"title": "", "body": ""}
    run(update(CustomerLetter).where(CustomerLetter.case_id == case_id).values(blank))
    sent = update(Delivery).where(Delivery.case_id == case_id)
    run(sent.values(**blank, address="", error=None))
    links = update(TrackingLink).where(TrackingLink.case_id == case_id)
    run(links.where(TrackingLink.ended_at.is_(None)).values(ended_at=tx.now))
