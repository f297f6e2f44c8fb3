"""What the analysis of a table says, and what its parts share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from engine.dmn.analysis.atoms import numbers_in
from engine.dmn.analysis.columns import Column, columns_of
from engine.dmn.analysis.search import Region, Search
from engine.dmn.analysis.sources import Sources
from engine.dmn.analysis.texts import cell, literal
from engine.dmn.logic.table import Table
from engine.feel.run import Budget, Run
from engine.feel.values.kinds import FeelValue
from engine.model import Sentence

_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)  # No condition that is analysed asks for it.
#: The effort is counted in cells and steps; this only ends what nobody thought of.
_BUDGET = Budget(steps=50_000_000, seconds=None)


@dataclass(frozen=True, slots=True)
class TableProblem:
    """A finding about a decision table."""

    file: str
    decision_id: str  #: Of the decision, or of the knowledge model.
    element: str  #: Of the rule that is meant, or of the table.
    rule: str  #: Such as ``dmn-gap``; `engine.dmn.analysis` lists them.
    rules: tuple[int, ...]  #: The rules that are meant, from one.
    example: Mapping[str, str]  #: For each input column a value, as FEEL writes it.
    what: Sentence
    remedy: Sentence
    #: Which cases are meant: for each column the tests that their values pass.
    region: Mapping[str, str] = field(default_factory=dict)


class Subject:
    """A table whose columns are cut into pieces.

    Args:
        table: The table.
        sources: What is known of the values that come to it.
    """

    def __init__(self, table: Table, sources: Sources) -> None:
        self.table = table
        self.run = Run(_BUDGET, _MOMENT)
        self.sources = sources
        self.columns: Sequence[Column] = columns_of(table, self.run, sources)
        self.sizes = [len(column.axis.atoms) for column in self.columns]
        rows = range(len(table.rows))
        self.surely = [self._taken(row, sure=True) for row in rows]
        self.perhaps = [self._taken(row, sure=False) for row in rows]
        self._searches: dict[bool, Search] = {}

    def _taken(self, row: int, *, sure: bool) -> Region:
        return tuple(
            (column.surely if sure else column.perhaps)[row] for column in self.columns
        )

    def search(self, *, sure: bool) -> Search:
        """Return a search of what rules leave open, for sure or perhaps."""
        if sure not in self._searches:
            masks = [column.surely if sure else column.perhaps for column in self.columns]
            self._searches[sure] = Search(masks, self.sizes)
        return self._searches[sure]

    @property
    def expected(self) -> Region:
        """The cases for which there should be a rule."""
        return tuple(column.counted for column in self.columns)

    def case(self, region: Region) -> list[tuple[Column, FeelValue]]:
        """Return one case of *region*: a value for each column that matters."""
        return [
            (column, self._value(column, pieces))
            for column, pieces in zip(self.columns, region, strict=True)
            if column.beside is None and (not column.is_free or pieces == column.missing)
        ]

    def _value(self, column: Column, pieces: int) -> FeelValue:
        likely = list(numbers_in(pieces & column.counted or pieces))
        whole = not column.counted & ~pieces
        # Where any value will do, one from the middle looks like an everyday case.
        number = likely[len(likely) // 2] if whole else likely[0]
        return column.axis.atoms[number].example

    def problem(
        self,
        rule: str,
        rows: Sequence[int],
        what: Sentence,
        remedy: Sentence,
        region: Region | None = None,
    ) -> TableProblem:
        """Return a finding.

        Args:
            rule: Its id.
            rows: The rules that are meant, from zero.
            what: What is wrong.
            remedy: What to do.
            region: Which cases are meant, if there are some.
        """
        table = self.table
        case = [] if region is None else self.case(region)
        return TableProblem(
            table.file,
            table.owner.id,
            table.rows[rows[-1]].rule.element if rows else table.element,
            rule,
            tuple(row + 1 for row in rows),
            {column.label: literal(value, self.run) for column, value in case},
            what,
            remedy,
            {} if region is None else self._tests(region),
        )

    def _tests(self, region: Region) -> dict[str, str]:
        return {
            column.label: cell(column, pieces, self.run)
            for column, pieces in zip(self.columns, region, strict=True)
            if column.counted & ~pieces
        }
