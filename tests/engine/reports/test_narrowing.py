"""The database narrows a ledger to lines among which are all that a selection takes."""

import sys
from decimal import Decimal
from itertools import product
from random import Random

import pytest
from sqlalchemy import select, update

from engine.model import SYSTEM
from engine.reckoning.book import Book
from engine.reckoning.line import key_of
from engine.reckoning.months import Period
from engine.reckoning.selection import BASES, STATES, Selection
from engine.reports.ledgers import lines
from engine.reports.narrowing import BLANK
from engine.store.models import LedgerEntry
from tests.engine.queries.reports.conftest import kept

__all__ = ["kept"]
YEAR = Period("2026-01", "2026-04")
#: What a column may say, odd as it may be.
VALUES = [
    None, "", " ", "\u3000", "north", " north ", "\u3000north", "true", "7", "7.0", "null",
    "a\x00b", "tab\t", "引“号”", 'quo"te', True, False, 0, 7, -7, Decimal("7.0"),
    Decimal("7.5"), Decimal("0.1"), 10**30, Decimal("1E+400"), Decimal("1E-30"),
    [], [None], ["north", " south"], [7, "7"], [["north"]], {"north": 1}, [True, ""],
]  # fmt: skip
KEYS = sorted({key_of(each) for each in VALUES} | {"south", "nowhere", "-7", "text", "1e3"})


def both(reading, selection):
    """Return the numbers that a selection takes: of all lines, and of the narrowed ones."""
    found = []
    for narrowing in (None, selection):
        book = Book(YEAR, lines(reading, "minimal", YEAR, selection=narrowing))
        found.append([line.number for line in book.chosen(selection)])
    return found


@pytest.fixture
def odd(kept):
    """The ledger of four months with odd values in two columns."""
    chance = Random(7)
    with kept.database.writing(kept.clock.now(), SYSTEM) as tx:
        for number in tx.session.scalars(select(LedgerEntry.case_id)).all():
            row = {"unit": chance.choice(VALUES), "fault": chance.choice(VALUES)}
            if chance.random() < 0.1:
                del row["fault"]
            entry = update(LedgerEntry).where(LedgerEntry.case_id == number)
            tx.session.execute(entry.values(values=row))
    return kept


def test_nothing_is_missing_whatever_a_column_says(kept):
    left = list(VALUES)
    while left:
        with kept.database.writing(kept.clock.now(), SYSTEM) as tx:
            for number in tx.session.scalars(select(LedgerEntry.case_id)).all():
                values = {"unit": left.pop()} if left else {}
                entry = update(LedgerEntry).where(LedgerEntry.case_id == number)
                tx.session.execute(entry.values(values=values))
        with kept.database.reading(kept.clock.now(), SYSTEM) as reading:
            for key in KEYS:
                asked = Selection("2026-01", "2026-04", values=(("unit", key),))
                every, narrowed = both(reading, asked)
                assert every == narrowed, key


def test_nothing_is_missing_of_several_conditions(odd):
    chance = Random(11)
    with odd.database.reading(odd.clock.now(), SYSTEM) as reading:
        for basis, state in product(BASES, ("", *STATES)):
            for _ in range(6):
                first = (
                    "2026-04" if basis == "open" else chance.choice(["2026-01", "2026-03"])
                )
                names = chance.sample(["unit", "fault"], chance.randrange(3))
                asked = Selection(
                    first, "2026-04", basis=basis, state=state,
                    day=chance.choice(["", "", "2026-03-05"]),
                    values=tuple((name, chance.choice(KEYS)) for name in names),
                )  # fmt: skip
                every, narrowed = both(reading, asked)
                assert every == narrowed, asked


def test_it_leaves_out_what_is_not_asked_for(kept):
    asked = Selection("2026-02", "2026-02", state="closed", values=(("unit", "south"),))
    with kept.database.reading(kept.clock.now(), SYSTEM) as reading:
        every = lines(reading, "minimal", YEAR)
        narrowed = lines(reading, "minimal", YEAR, selection=asked)

    assert len(every) > len(narrowed) == 1


def test_it_takes_away_the_blanks_that_python_takes_away():
    every = (chr(each) for each in range(sys.maxunicode))

    assert sorted(BLANK) == [each for each in every if each.isspace()]
