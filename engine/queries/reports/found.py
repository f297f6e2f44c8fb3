"""Finds the lines of a selection, names their values, leaves out what is not for all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from engine.masking import Veil, personal_texts
from engine.model import Sentence
from engine.policy import LoadedPolicy
from engine.policy.sections.ledger import Column
from engine.queries.showing.masking import shown_titles
from engine.reckoning.line import Line, key_of
from engine.reckoning.months import Period
from engine.reckoning.report import Cell, Words
from engine.reckoning.selection import Selection
from engine.reports.closing import differences
from engine.reports.making import Books, books
from engine.store.models import Case, Person, Unit
from engine.store.onlookers import worked_on
from engine.store.reading import Reading
from engine.store.visibility import may_see

_CHUNK = 500
_TRUTH = {True: Sentence("yes"), False: Sentence("no")}


@dataclass(frozen=True, slots=True)
class Choice:
    """A column that the list can be narrowed by, and its values."""

    column: str
    title: str
    values: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One case in the ledger."""

    case_id: int
    number: str
    title: str
    opened_on: date
    closed_on: date | None
    state: str
    cells: tuple[Cell, ...]
    is_changed: bool  #: Whether it is not what it was when its month was closed.


class Found:
    """The lines of a selection, told apart by who may see them."""

    def __init__(
        self, reading: Reading, policy: LoadedPolicy, selection: Selection, text: str
    ) -> None:
        self._reading, self._policy = reading, policy
        assert policy.settings.ledger is not None
        self._columns = policy.settings.ledger.columns
        period = Period(selection.first, selection.last)
        self.books: Books = books(
            reading, policy.settings.key, period, with_steps=False, selection=selection
        )
        self._present = {line.case_id: line for line in self.books.book.present}
        chosen = [self._filled(line) for line in self.books.book.chosen(selection)]
        self.cases = visible_titles(reading, [line.case_id for line in chosen])
        self.hidden = sum(1 for line in chosen if line.case_id not in self.cases)
        self.lines = self._masked([it for it in chosen if it.case_id in self.cases])
        self._names = _names(reading, self._columns, self.lines)
        words = text.lower().split()
        if words:
            self.lines = [line for line in self.lines if self._has(line, words)]
            self.hidden = 0  # What they say is nobody else's to look for.
        self._changed = {
            (month, it.line.case_id)
            for month, kept in self.books.kept.items()
            for it in differences(kept, self.books.book.present)
        }
        self._selection = selection
        self.demo = sum(1 for line in chosen if line.is_demo)

    def sorted(self, sort: str) -> list[Line]:
        """Return the lines in an order; those that say nothing come last."""
        name, turned = sort.removeprefix("-"), sort.startswith("-")
        key = _SORTED.get(name) or self._by_column(name) or _SORTED["opened"]
        lines = sorted(self.lines, key=lambda line: line.number)
        said = [line for line in lines if key(line) not in (None, "")]
        silent = [line for line in lines if key(line) in (None, "")]
        return [
            *sorted(said, key=lambda line: _comparable(key(line)), reverse=turned),
            *silent,
        ]

    def rows(self, lines: Sequence[Line]) -> list[LedgerRow]:
        """Return lines as a list shows them."""
        return [
            LedgerRow(
                case_id=line.case_id,
                number=line.number,
                title=self.cases[line.case_id],
                opened_on=line.opened_on,
                closed_on=line.closed_on,
                state=line.state,
                cells=tuple(self._cell(column, line) for column in self._columns),
                is_changed=self._is_changed(line),
            )
            for line in lines
        ]

    def choices(self) -> list[Choice]:
        """Return the columns of few values, to narrow the list by."""
        found = []
        for column in self._columns:
            is_few = column.kind in ("choice", "unit", "yes-no", "person")
            if not is_few or column.id in self._policy.settings.personal_columns:
                continue
            keys = {key for line in self.lines for key in line.keys(column.id) if key}
            keys |= {key for name, key in self._selection.values if name == column.id}
            ordered = [key for key in column.labels if key in keys]
            ordered += sorted(keys - {*ordered, ""})
            values = tuple((key, self._said(column, key)) for key in ordered)
            if values or (column.id, "") in self._selection.values:
                found.append(Choice(column.id, column.title, values))
        return found

    def _masked(self, lines: Sequence[Line]) -> list[Line]:
        """Return lines, what is personal masked where the person does not work on it."""
        known = worked_on(self._reading, [line.case_id for line in lines])
        personal = tuple(self._policy.settings.personal_columns)
        texts = {column.id for column in self._columns if column.kind == "text"}
        masked = []
        for line in lines:
            if personal and line.case_id not in known:
                veil = Veil(personal_texts(line.values, personal))
                hidden = {
                    name: veil.values(value, [""] if name in personal else [])
                    for name, value in line.values.items()
                    if name in personal or name in texts
                }
                line = replace(line, values={**line.values, **hidden})
            masked.append(line)
        return masked

    def _filled(self, line: Line) -> Line:
        """Return a line of a closed month with the columns that are never kept."""
        present = self._present.get(line.case_id)
        if present is None or present is line:
            return line
        return replace(line, values={**present.values, **line.values})

    def _is_changed(self, line: Line) -> bool:
        selected = Period(self._selection.first, self._selection.last)
        return any((month, line.case_id) in self._changed for month in selected.months())

    def _has(self, line: Line, words: Sequence[str]) -> bool:
        told = [line.number, self.cases[line.case_id]]
        told += [str(self._cell(column, line) or "") for column in self._columns]
        everything = "\n".join(told).lower()
        return all(word in everything for word in words)

    def _by_column(self, name: str) -> Callable[[Line], object] | None:
        for column in self._columns:
            if column.id == name:
                return lambda line: line.values.get(column.id)
        return None

    def _cell(self, column: Column, line: Line) -> Cell:
        value = line.values.get(column.id)
        if value is None:
            return None
        if isinstance(value, list):
            return "、".join(str(self._said(column, key_of(item))) for item in value)
        if isinstance(value, bool):
            return _TRUTH[value]
        if column.kind == "date" and isinstance(value, str):
            return date.fromisoformat(value)
        if column.kind == "moment" and isinstance(value, str):
            return datetime.fromisoformat(value)
        if isinstance(value, int | Decimal):
            return value
        return self._said(column, key_of(value))

    def _said(self, column: Column, key: str) -> Words:
        if column.kind == "yes-no":
            return _TRUTH.get(key == "true", key)
        return column.labels.get(key) or self._names.get((column.kind, key), key)


def _comparable(value: object) -> tuple[int, object]:
    """Return a key by which values of unlike kinds can be sorted, too."""
    if isinstance(value, bool | int | Decimal):
        return 0, Decimal(value)
    return 1, str(value)


_SORTED: Mapping[str, Callable[[Line], object]] = {
    "opened": lambda line: line.opened_on.isoformat(),
    "closed": lambda line: line.closed_on.isoformat() if line.closed_on else None,
    "number": lambda line: line.number,
    "state": lambda line: line.state,
}


def visible_titles(reading: Reading, case_ids: Sequence[int]) -> dict[int, str]:
    """Return those of the cases that the asking person may see, with their titles.

    What is personal in the title of a case that the person does not work on is masked.
    """
    wanted, found = sorted(set(case_ids)), {}
    for begin in range(0, len(wanted), _CHUNK):
        chosen = select(Case.id).where(
            Case.id.in_(wanted[begin : begin + _CHUNK]), may_see(reading.actor)
        )
        found.update(shown_titles(reading, reading.session.scalars(chosen).all()))
    return found


def _names(
    reading: Reading, columns: Sequence[Column], lines: Sequence[Line]
) -> Mapping[tuple[str, str], str]:
    """Return the names of units and people by kind and key."""
    names: dict[tuple[str, str], str] = {}
    if any(column.kind == "unit" for column in columns):
        for key, name in reading.session.execute(select(Unit.key, Unit.name)):
            names["unit", key] = name
    people = [column.id for column in columns if column.kind == "person"]
    wanted = {key for line in lines for column in people for key in line.keys(column)}
    if wanted:
        chosen = select(Person.login, Person.name).where(Person.login.in_(wanted))
        for login, name in reading.session.execute(chosen):
            names["person", login] = name
    return names
