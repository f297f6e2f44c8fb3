"""Which pieces of what is asked each rule of a table takes."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal

from engine.dmn.analysis.asking import Group, Question, answers_of, groups_of
from engine.dmn.analysis.atoms import OTHER_TEXT, Atom, Axis, axis_of, bits, key_of
from engine.dmn.analysis.named import Named, Opaque, Path, named_by
from engine.dmn.analysis.sources import Sources
from engine.dmn.logic.item_types import AllowedValues
from engine.dmn.logic.table import Condition, InputColumn, Table
from engine.feel.compiling.scope import Scope
from engine.feel.run import Run
from engine.feel.types import AnyType, Constrained, FeelType, Simple, UnknownType
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.kinds import FeelValue
from engine.feel.values.temporal import SECOND, Date, DateTime, Time

#: A value of each type, where no condition names any.
_ANY_OF: dict[str, FeelValue] = {
    "number": Decimal(1),
    "boolean": True,
    "date": Date(2026, 1, 1),
    "time": Time(12 * 3600 * SECOND),
    "date and time": DateTime(Date(2026, 1, 1), Time(12 * 3600 * SECOND)),
    "years and months duration": YearsAndMonths(1),
    "days and time duration": DaysAndTime(3600 * SECOND),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A condition that could not be analysed."""

    rule: int  #: From zero.
    label: str  #: Of its column.
    source: str


@dataclass(frozen=True, slots=True)
class Column:
    """One or more input columns that ask about one thing, cut into pieces.

    Sets of pieces are bits: piece number *n* is in a set where bit *n* is one.
    """

    label: str
    path: Path | None  #: The variable that is asked about, if it is one.
    at: tuple[int, ...]  #: The numbers of the table's columns, from zero.
    axis: Axis
    counted: int  #: The pieces for which a table should have a rule.
    surely: tuple[int, ...]  #: For each rule the pieces that it takes.
    perhaps: tuple[int, ...]  #: The same where opaque conditions may hold.
    opaque: tuple[Cell, ...] = ()
    beside: str | None = None  #: The column with which it hangs together untold.
    refused: tuple[FeelValue, ...] = ()  #: What may come, but the table does not allow.
    #: By rule the texts that it names, but the column does not allow.
    unlisted: Mapping[int, tuple[FeelValue, ...]] = field(default_factory=dict)
    spoken: Mapping[str, str] = field(default_factory=dict)  #: Words for texts.
    is_free: bool = False  #: Whether no condition tells any values apart.

    @property
    def missing(self) -> int:
        """The piece that is no value."""
        return 1 << len(self.axis.atoms) - 1


def columns_of(table: Table, run: Run, sources: Sources) -> list[Column]:
    """Return what *table* asks."""
    return [
        _Cutter(table, group, run, sources).column()
        for group in groups_of(table.inputs, run)
    ]


class _Cutter:
    """Cuts what a group of columns is about."""

    def __init__(self, table: Table, group: Group, run: Run, sources: Sources) -> None:
        self.table, self.group, self.run = table, group, run
        self.scope = Scope({}, None, run)
        self.known = sources.texts(table, group.path)
        #: All answers that there can be; None: any.
        self.answers: tuple[FeelValue, ...] | None = None
        if len({question.clause.source for question in group.questions}) == 1:
            self.answers = answers_of(group.questions[0].clause, run)
        self.opaque: list[Cell] = []
        self._names: dict[tuple[int, str], Named | None] = {}

    def column(self) -> Column:
        group = self.group
        axis = axis_of(self._all_values())
        usable = bits(
            number for number, atom in enumerate(axis.atoms) if self._can_come(atom.example)
        )
        counted = bits(
            number
            for number, atom in enumerate(axis.atoms)
            if self._counts(atom) and usable >> number & 1
        )
        is_free = counted == 0
        if is_free:
            axis, counted = self._free_axis()
            usable = counted | 1 << len(axis.atoms) - 1
        counted |= self._counted_missing(axis) & usable
        surely, perhaps = self._taken(axis, usable)
        return Column(
            group.label,
            group.path,
            tuple(question.at for question in group.questions),
            axis,
            counted,
            surely,
            perhaps,
            tuple(self.opaque),
            group.beside,
            tuple(self._refused()),
            dict(self._unlisted()),
            self.known,
            is_free,
        )

    def _all_values(self) -> Iterator[FeelValue]:
        yield from self.known
        yield from self.answers or ()
        for question in self.group.questions:
            yield from question.bends
            if question.about is not None:
                continue
            for tests in (*_declared(question.clause), *self._conditions(question)):
                yield from self._named(question, tests) or ()
            base = question.clause.type.unconstrained()
            if isinstance(base, Simple) and base.name == "boolean":
                yield True

    def _conditions(self, question: Question) -> list[Condition]:
        return [row.conditions[question.at] for row in self.table.rows]

    def _named(self, question: Question, condition: Condition) -> Named | None:
        """Return what a condition names; None if it is opaque."""
        if condition is None:
            return ()
        key = (question.at, condition.source)
        if key not in self._names:
            self._names[key] = None
            if _is_simple(question.clause.type):
                with suppress(Opaque):
                    self._names[key] = named_by(condition, self.run)
        return self._names[key]

    def _counts(self, atom: Atom) -> bool:
        """Tell whether there should be a rule for *atom*, if it may come at all.

        Who asks only whether a text is this one or that expects that it may be another.
        """
        only_asked = all(question.about is not None for question in self.group.questions)
        return atom.counts or (atom.is_other_text and only_asked)

    def _can_come(self, value: FeelValue) -> bool:
        """Tell whether *value* may come, and is expected."""
        if self.answers is not None and key_of(value) not in map(key_of, self.answers):
            return False
        return all(self._can_be(question, value) for question in self.group.questions)

    def _can_be(self, question: Question, value: FeelValue) -> bool:
        """Tell whether the table expects *value*."""
        clause = question.clause
        if value is None:
            return True
        if question.about is None:
            base = clause.type.unconstrained()
            if isinstance(base, Simple) and not base.conforms(value, self.run):
                return False
            return all(_passes(tests, value, self.scope) for tests in _declared(clause))
        return clause.allows(question.answer(value, self.scope), self.scope)

    def _free_axis(self) -> tuple[Axis, int]:
        """Return the axis of a column where nothing is told apart."""
        base = self.group.questions[0].clause.type.unconstrained()
        value = (
            _ANY_OF.get(base.name, OTHER_TEXT) if isinstance(base, Simple) else OTHER_TEXT
        )
        missing = axis_of(()).atoms
        return Axis((Atom(value, ordered=False), *missing), ((0,), (1,)), {}), 1

    def _counted_missing(self, axis: Axis) -> int:
        """Return the piece that is no value, if a rule asks whether there is one."""
        for question in self.group.questions:
            asks = None in question.bends or any(
                None in (self._named(question, condition) or ())
                for condition in self._conditions(question)
            )
            if asks and question.answer(None, self.scope) is None:
                return 1 << len(axis.atoms) - 1
        return 0

    def _taken(self, axis: Axis, usable: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        surely, perhaps = [usable] * len(self.table.rows), [usable] * len(self.table.rows)
        for question in self.group.questions:
            cut: dict[str, int | None] = {}
            for at, condition in enumerate(self._conditions(question)):
                if condition is None:
                    continue
                if condition.source not in cut:
                    cut[condition.source] = self._pieces(axis, question, condition)
                taken = cut[condition.source]
                if taken is None:
                    self.opaque.append(Cell(at, question.clause.label, condition.source))
                surely[at] &= taken or 0
                perhaps[at] &= usable if taken is None else taken
        return tuple(surely), tuple(perhaps)

    def _pieces(self, axis: Axis, question: Question, condition: Condition) -> int | None:
        """Return the pieces that a condition takes; None if that cannot be known."""
        named = self._named(question, condition)
        if condition is None or named is None or self.group.beside is not None:
            return None
        names = named if question.about is None else question.bends
        return sum(
            piece
            for piece, atom in axis.pieces(names)
            if condition.within(self.scope, question.answer(atom.example, self.scope))
            is True
        )

    def _refused(self) -> Iterator[FeelValue]:
        for value in self.known:
            if not self._can_come(value):
                yield value

    def _unlisted(self) -> Iterator[tuple[int, tuple[FeelValue, ...]]]:
        """Give by rule the texts that it names, but that are not allowed."""
        for question in self.group.questions:
            if question.about is not None or not _declared(question.clause):
                continue
            for at, condition in enumerate(self._conditions(question)):
                named = self._named(question, condition) or ()
                strange = tuple(
                    value
                    for value in named
                    if isinstance(value, str) and not self._can_be(question, value)
                )
                if strange:
                    yield at, strange


def _is_simple(declared: FeelType) -> bool:
    """Tell whether values of a type are no lists, contexts or the like."""
    base = declared.unconstrained()
    return isinstance(base, (Simple, AnyType, UnknownType))


def _declared(clause: InputColumn) -> list[Condition]:
    """Return the tests that a column's declarations make of its values."""
    declared: list[Condition] = [] if clause.allowed is None else [clause.allowed]
    declared_type = clause.type.resolved()
    if isinstance(declared_type, Constrained) and isinstance(
        declared_type.allows, AllowedValues
    ):
        declared.append(declared_type.allows.tests)
    return declared


def _passes(tests: Condition, value: FeelValue, scope: Scope) -> bool:
    return tests is None or tests.within(scope, value) is True
