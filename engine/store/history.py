"""Writes what a case went through: elements entered and left, and flows taken."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import bindparam, func, insert, select, text, update

from engine.model import Json
from engine.store.models import Activity
from engine.store.transaction import Transaction

#: How often each flow was taken, by process and by the flow's id.
Flows = dict[str, dict[str, int]]

_ROWS = Activity.__table__
_ENTER = insert(_ROWS)
_IS_HERE = text("activity.state = 'active'")  #: As the index has it.
_HERE = (
    select(func.max(_ROWS.c.id))
    .where(
        _ROWS.c.case_id == bindparam("of_case"),
        _ROWS.c.token == bindparam("of_token"),
        _IS_HERE,
    )
    .scalar_subquery()
)
_LEAVE = (
    update(_ROWS)
    .where(_ROWS.c.id == _HERE)
    .values(
        state=bindparam("now_state"), left_at=bindparam("now_at"), by=bindparam("now_by")
    )
)


def enter(tx: Transaction, rows: Sequence[Mapping[str, Json]]) -> None:
    """Write down the elements that tokens entered, each as the columns of its row."""
    if rows:
        tx.execute(_ENTER, rows[0] if len(rows) == 1 else rows)


def leave(tx: Transaction, case_id: int, left: Iterable[tuple[str, str]]) -> None:
    """Note how tokens left where each came last: token, and left or cancelled."""
    rows = [
        {
            "of_case": case_id,
            "of_token": token,
            "now_state": state,
            "now_at": tx.now,
            "now_by": tx.actor.login,
        }
        for token, state in left
    ]
    if rows:
        tx.execute(_LEAVE, rows[0] if len(rows) == 1 else rows)


def cancel_activities(tx: Transaction, case_id: int) -> None:
    """Note that all tokens of a case were taken away."""
    tx.session.execute(
        update(_ROWS)
        .where(_ROWS.c.case_id == case_id, _ROWS.c.state == "active")
        .values(state="cancelled", left_at=tx.now, by=tx.actor.login)
    )


def count_flows(counted: Flows, flows: Iterable[tuple[str, str]]) -> None:
    """Add the sequence flows that were taken, each by its process and its id."""
    for process_id, flow_id in flows:
        times = counted.setdefault(process_id, {})
        times[flow_id] = times.get(flow_id, 0) + 1
