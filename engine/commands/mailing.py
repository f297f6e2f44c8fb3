"""Owes the mails that letters go out by."""

from engine.commands.moving import Moving
from engine.store.models import Delivery, Job


def owe_mail(
    moving: Moving, address: str, title: str, body: str, notice_id: int | None
) -> Delivery:
    """Owe a mail to *address*; it goes out once, and is kept with the case.

    What a demo case would write is kept, too, and is never sent.
    """
    tx = moving.tx
    delivery = tx.add(
        Delivery(
            case_id=moving.case.id,
            notice_id=notice_id,
            transport="email",
            address=address,
            title=title,
            body=body,
            state="withheld" if moving.case.demo else "waiting",
            at=tx.now,
        )
    )
    if moving.case.demo:
        return delivery
    job = tx.owe(
        Job(
            kind="email",
            case_id=moving.case.id,
            key=f"email:{delivery.id}",
            due_at=tx.now,
            state="waiting",
            attempts_allowed=5,
            payload={"delivery": delivery.id},
            created_at=tx.now,
        )
    )
    delivery.job_id = job.id
    return delivery
