"""Looks cases up in the ledger by what its columns say: counts them, and draws some."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, func, select

from engine.model import InvalidState, Json
from engine.policy.sections.cells import cell
from engine.policy.sections.ledger import Ledger
from engine.store.models import Case, LedgerEntry, MaskedHead
from engine.store.reading import Reading

#: A column id, and the values that a row may have there.
Wanted = Mapping[str, frozenset[Json]]


@dataclass(frozen=True, slots=True)
class Found:
    """A case as the ledger has it."""

    case_id: int
    number: str
    title: str  #: As those see it who do not work on the case.
    closed_at: datetime | None
    values: Mapping[str, Json]


def wanted_values(ledger: Ledger, where: Mapping[str, Json], zone: ZoneInfo) -> Wanted:
    """Return what rows must say in each column; a list in *where* is a choice of values.

    Raises:
        InvalidState: If there is no such column, or the value is none of its kind.
    """
    return {column: _wanted(ledger, column, value, zone) for column, value in where.items()}


def _wanted(ledger: Ledger, column_id: str, value: Json, zone: ZoneInfo) -> frozenset[Json]:
    column = ledger.column(column_id)
    if column is None:
        raise InvalidState(
            "Expected a column of the ledger, but there is none called {column}.",
            column=column_id,
        )
    choices = value if isinstance(value, list) else [value]
    return frozenset(
        item for choice in choices for item in _items(cell(column, choice, zone))
    )


def count(
    reading: Reading,
    policy_key: str,
    wanted: Wanted,
    since: date | datetime,
    *,
    states: tuple[str, ...],
    but: Case,
) -> int:
    """Return how many cases were opened *since* then that say what is *wanted*.

    Demo cases count for demo cases, and for no others.

    Args:
        reading: The tables.
        policy_key: Whose ledger.
        wanted: What `wanted_values` returned.
        since: A day of the policy's time zone, which counts too, or a moment.
        states: The states that count.
        but: The case that asks; it is not counted itself.
    """
    chosen = [
        LedgerEntry.policy_key == policy_key,
        LedgerEntry.case_id != but.id,
        _as_real_as(but),
        LedgerEntry.state.in_(states),
        _opened(since),
    ]
    rows = reading.session.scalars(select(LedgerEntry.values).where(*chosen))
    return sum(meets(values, wanted) for values in rows)


def draw(
    reading: Reading,
    policy_key: str,
    process_id: str,
    wanted: Wanted,
    since: date | datetime,
    *,
    number: int,
    by: Case,
) -> list[Found]:
    """Return at most *number* cases of a process that were closed *since* then.

    Which these are is settled by a digest of the case's number and of *since*: whoever
    draws again draws the same, and nobody can foresee or choose them. A demo case draws
    demo cases, and any other draws none.
    """
    drawn = sorted(
        _closed(reading, policy_key, process_id, wanted, since, by),
        key=lambda found: _lot(found.number, since),
    )
    return drawn[:number]


def meets(values: Mapping[str, Json], wanted: Wanted) -> bool:
    """Tell whether a row says in each column one of the values that are wanted."""
    return all(
        not expected.isdisjoint(_items(values.get(column)))
        for column, expected in wanted.items()
    )


def _items(value: Json) -> list[Json]:
    """Return what a row says in a column: several choices, one value, or null."""
    return value if isinstance(value, list) else [value]


def _as_real_as(case: Case) -> ColumnElement[bool]:
    """Return the condition that an entry is of a demo case as *case* is, or of none."""
    return exists().where(Case.id == LedgerEntry.case_id, Case.demo.is_(case.demo))


def _opened(since: date | datetime) -> ColumnElement[bool]:
    if isinstance(since, datetime):
        return LedgerEntry.opened_at >= since
    return LedgerEntry.opened_on >= since


def _ended(since: date | datetime) -> ColumnElement[bool]:
    if isinstance(since, datetime):
        return LedgerEntry.closed_at >= since
    return LedgerEntry.closed_on >= since


def _lot(number: str, since: date | datetime) -> str:
    return hashlib.sha256(f"{number}/{since.isoformat()}".encode()).hexdigest()


def _closed(
    reading: Reading,
    policy_key: str,
    process_id: str,
    wanted: Wanted,
    since: date | datetime,
    by: Case,
) -> Iterator[Found]:
    chosen = (
        select(
            LedgerEntry.case_id,
            Case.number,
            func.coalesce(MaskedHead.title, Case.title).label("title"),
            LedgerEntry.closed_at,
            LedgerEntry.values,
        )
        .join(Case, Case.id == LedgerEntry.case_id)
        .outerjoin(MaskedHead, MaskedHead.case_id == Case.id)
        .where(
            LedgerEntry.policy_key == policy_key,
            LedgerEntry.process_id == process_id,
            LedgerEntry.state == "closed",
            Case.demo.is_(by.demo),
            _ended(since),
        )
    )
    for row in reading.session.execute(chosen):
        if meets(row.values, wanted):
            yield Found(row.case_id, row.number, row.title, row.closed_at, row.values)
