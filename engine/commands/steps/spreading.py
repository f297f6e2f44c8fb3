"""Takes a signal to every other case that waits for it, and to processes it starts."""

from engine.model import Variables
from engine.store.models import Job, Subscription
from engine.store.signals import catchers
from engine.store.transaction import Transaction


def spread(
    tx: Transaction,
    name: str,
    payload: Variables,
    *,
    but: int | None = None,
    hops: int = 0,
) -> int:
    """Owe the delivery of a signal to each who waits at this moment; return how many.

    Each delivery is a job of its own, so that no command moves more than one case.

    Args:
        tx: The transaction.
        name: Name of the signal.
        payload: What it brings.
        but: The case that threw it, and has caught it already.
        hops: How many signals led to this one, from case to case.
    """
    waiting = catchers(tx, name, but=but)
    for subscription in waiting:
        tx.owe(_delivery(tx, subscription, payload, hops))
    return len(waiting)


def _delivery(
    tx: Transaction, subscription: Subscription, payload: Variables, hops: int
) -> Job:
    return Job(
        kind="signal",
        case_id=subscription.case_id,
        token=subscription.token,
        key=f"signal:{subscription.id}:{tx.holdings.chance.token(12)}",
        due_at=tx.now,
        state="waiting",
        payload={
            "policy": subscription.policy_key,
            "process": subscription.process_id,
            "element": subscription.element_id,
            "subscription": subscription.id,
            "signal": subscription.name,
            "values": dict(payload),
            "hops": hops,
        },
        created_at=tx.now,
    )
