"""Owes the mails to those who have no login here."""

from engine.commands.moving.case import Moving
from engine.commands.telling.outbox import owe
from engine.store.models import Delivery


def owe_mail(moving: Moving, address: str, title: str, body: str) -> Delivery:
    """Owe a mail to *address*; it goes out once, and is kept with the case.

    What a demo case would write is kept, too, and is never sent.
    """
    return owe(
        moving.tx,
        moving.case,
        "email",
        address=address,
        title=title,
        body=body,
    )
