"""Owes what leaves the house: each message to each receiver once, kept with its case."""

from typing import Literal

from engine.store.models import Case, Delivery, Job
from engine.store.transaction import Transaction

#: How often it is tried where the other side answers, and says no for now.
_ATTEMPTS = 5


def owe(
    tx: Transaction,
    case: Case,
    transport: Literal["email", "chat"],
    *,
    address: str,
    title: str,
    body: str,
    **about: int | str | None,
) -> Delivery:
    """Owe a message; what a demo case would send is kept, and stays in the house.

    Args:
        tx: In which it is caused.
        case: That it is about.
        transport: What it goes by.
        address: Where to; of a robot only what people know it by.
        title: In one line.
        body: The rest, in Markdown.
        about: Columns of the delivery that say whom it goes to, and of what.
    """
    delivery = tx.add(
        Delivery(
            case_id=case.id,
            transport=transport,
            address=address,
            title=title,
            body=body,
            state="withheld" if case.demo else "waiting",
            at=tx.now,
            **about,
        )
    )
    if case.demo:
        return delivery
    job = tx.owe(
        Job(
            kind=transport,
            case_id=case.id,
            key=f"{transport}:{delivery.id}",
            due_at=tx.now,
            state="waiting",
            attempts_allowed=_ATTEMPTS,
            payload={"delivery": delivery.id},
            created_at=tx.now,
        )
    )
    delivery.job_id = job.id
    return delivery
