"""What stands behind a figure is what a look at every line finds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reckoning.book import Book
from engine.reckoning.line import Line
from engine.reckoning.months import Period, is_month, last_day, moved
from engine.reckoning.selection import BASES, BLANK, Selection
from tests.engine.reckoning.lines import ledgers

MONTHS = st.sampled_from(["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"])


@given(ledgers, MONTHS, MONTHS, st.sampled_from(["opened", "closed"]))
def test_each_line_of_the_period_is_there_once(present, first, last, basis):
    book = Book(Period(first, last), present)

    found = list(book.chosen(Selection(first, last, basis)))

    def day(line):
        return line.opened_on if basis == "opened" else line.closed_on

    expected = [it for it in present if day(it) and first <= str(day(it))[:7] <= last]
    assert sorted(map(id, found)) == sorted(map(id, expected))


@given(ledgers, MONTHS)
def test_open_at_the_end_of_a_month_is_what_had_come_and_not_gone(present, month):
    book = Book(Period(month, month), present)

    found = book.of(month, "open")

    end = last_day(month)
    assert list(found) == [
        line
        for line in present
        if line.opened_on <= end and (line.closed_on is None or line.closed_on > end)
    ]


@given(ledgers, ledgers, MONTHS)
def test_a_closed_month_counts_as_it_was(present, kept, month):
    period = Period("2026-01", "2026-06")
    book, untouched = Book(period, present, {month: kept}), Book(period, present)

    for basis in BASES:
        own = Book(period, kept).of(month, basis)
        assert list(book.of(month, basis)) == list(own)
        for other in period.months():
            if other != month:
                assert list(book.of(other, basis)) == list(untouched.of(other, basis))


@given(ledgers, st.sampled_from(["", "open", "closed", "cancelled", "kept"]))
def test_states_are_told_apart(present, state):
    chosen = Selection("2026-01", "2026-12", state=state)

    found = [line for line in present if chosen.takes(line)]

    wanted = {"": {"open", "closed", "cancelled"}, "kept": {"open", "closed"}}
    assert found == [it for it in present if it.state in wanted.get(state, {state})]


@given(ledgers)
def test_the_keys_of_a_column_cover_every_line(present):
    keys = {key for line in present for key in line.keys("unit")}

    for key in keys:
        chosen = Selection("2026-01", "2026-12", values=(("unit", key),))
        assert {id(it) for it in present if chosen.takes(it)} == {
            id(it) for it in present if key in it.keys("unit")
        }
    assert all(line.keys("unit") for line in present)


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        (None, ("",)),
        ([], ("",)),
        ("north", ("north",)),
        (["a", "b", "a"], ("a", "b")),
        (True, ("true",)),
        (3, ("3",)),
    ],
)
def test_a_value_counts_under_its_text(value, keys):
    line = Line(1, "N", date(2026, 1, 1), None, "open", {"unit": value})

    assert line.keys("unit") == keys


def test_a_selection_says_itself_in_an_address():
    chosen = Selection("2026-01", "2026-02", "closed", grade="4", values=(("unit", ""),))

    assert chosen.params() == (
        ("first", "2026-01"),
        ("last", "2026-02"),
        ("basis", "closed"),
        ("grade", "4"),
        ("is.unit", BLANK),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03", True),
        ("2026-13", False),
        ("26-03", False),
        ("0001-01", False),
        ("", False),
    ],
)
def test_months_are_written_in_one_way(text, expected):
    assert is_month(text) is expected


@given(MONTHS, st.integers(-40, 40))
def test_months_move_there_and_back(month, by):
    assert moved(moved(month, by), -by) == month
    assert is_month(moved(month, by))
