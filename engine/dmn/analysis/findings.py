"""What is to be said of a table: cases without a rule, with two, rules without a case."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from engine.dmn.analysis.atoms import words_of
from engine.dmn.analysis.columns import ANYTHING, columns_of
from engine.dmn.analysis.search import (
    Region,
    Search,
    TooLarge,
    common,
    everything,
    taken_by,
)
from engine.dmn.logic.hit_policies import SEVERAL
from engine.dmn.logic.table import Table
from engine.dmn.model import DecisionModel
from engine.feel.run import Budget, Run
from engine.feel.values.text import literal_text
from engine.model import Sentence

MOST = 10  #: Findings of one kind that are told of one table.
_BUDGET = Budget(steps=5_000_000, seconds=5.0)
_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)  # No condition that is analysed asks for it.


@dataclass(frozen=True, slots=True)
class TableProblem:
    """A finding about a decision table."""

    file: str
    decision_id: str  #: Of the decision, or of the knowledge model.
    element: str  #: Of the rule that is meant, or of the table.
    rule: str  #: ``dmn-gap``, ``dmn-overlap``, ``dmn-unreachable`` or ``dmn-too-large``.
    rules: tuple[int, ...]  #: The rules that are meant, from one.
    example: Mapping[str, str]  #: For each input column a value, as FEEL writes it.
    what: Sentence
    remedy: Sentence


def analyse(model: DecisionModel) -> list[TableProblem]:
    """Return what the tables of *model* leave out or decide twice.

    Looked at are numbers, dates, times, durations, yes and no, and texts with known
    values: those that the column allows, or else those that its rules name. Whether a
    value may be missing is not looked at. Conditions that depend on anything else are
    taken to hold perhaps: they neither leave a gap nor overlap.
    """
    problems: list[TableProblem] = []
    for table in model.tables:
        problems += _Analysis(table).problems()
    return problems


class _Analysis:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.run = Run(_BUDGET, _MOMENT)
        self.columns = columns_of(table, self.run)

    def problems(self) -> list[TableProblem]:
        try:
            return [
                *islice(self._gaps(), MOST),
                *islice(self._overlaps(), MOST),
                *islice(self._unreachable(), MOST),
            ]
        except TooLarge:
            return [self._too_large()]

    def _gaps(self) -> Iterator[TableProblem]:
        complete = all(output.default is not None for output in self.table.outputs)
        if complete or self.table.policy in SEVERAL:
            return
        search = Search(self.columns, range(len(self.table.rows)), sure=False)
        for region in search.gaps(everything(self.columns)):
            example = self._example(region)
            yield self._problem(
                "dmn-gap",
                (),
                example,
                Sentence(
                    "No rule fits {conditions}, for example {example}.",
                    {"conditions": self._words(region), "example": _said(example)},
                ),
                Sentence("Add a rule for these cases, or a last rule for all others."),
            )

    def _overlaps(self) -> Iterator[TableProblem]:
        if self.table.policy not in ("UNIQUE", "ANY"):
            return
        rows = self.table.rows
        regions = [taken_by(self.columns, at, sure=True) for at in range(len(rows))]
        for second in range(len(rows)):
            for first in range(second):
                shared = common(regions[first], regions[second])
                if shared is not None and self._differ(first, second):
                    yield self._overlap(first, second, shared)

    def _differ(self, first: int, second: int) -> bool:
        outputs = (self.table.rows[at].rule.outputs for at in (first, second))
        return self.table.policy == "UNIQUE" or len(set(outputs)) > 1

    def _overlap(self, first: int, second: int, shared: Region) -> TableProblem:
        example = self._example(shared)
        values = {"first": first + 1, "second": second + 1, "example": _said(example)}
        if self.table.policy == "UNIQUE":
            what = "Rules {first} and {second} both fit {example}, but only one rule may."
        else:
            what = (
                "Rules {first} and {second} both fit {example}, but conclude differently."
            )
        return self._problem(
            "dmn-overlap",
            (first, second),
            example,
            Sentence(what, values),
            Sentence("Narrow one of the rules, or choose the hit policy FIRST."),
        )

    def _unreachable(self) -> Iterator[TableProblem]:
        if self.table.policy != "FIRST":
            return
        for at in range(1, len(self.table.rows)):
            own = taken_by(self.columns, at, sure=False)
            earlier = Search(self.columns, range(at), sure=True)
            if next(earlier.gaps(own), None) is None:
                yield self._problem(
                    "dmn-unreachable",
                    (at,),
                    self._example(own),
                    Sentence(
                        "Rule {rule} never decides: rules before it take all its cases.",
                        {"rule": at + 1},
                    ),
                    Sentence("Remove the rule, or move it up."),
                )

    def _too_large(self) -> TableProblem:
        return self._problem(
            "dmn-too-large",
            (),
            {},
            Sentence("The table has too many combinations to look for gaps."),
            Sentence("Split the table into several decisions."),
        )

    def _problem(
        self,
        rule: str,
        rows: Sequence[int],
        example: Mapping[str, str],
        what: Sentence,
        remedy: Sentence,
    ) -> TableProblem:
        element = self.table.rows[rows[-1]].rule.element if rows else self.table.element
        return TableProblem(
            self.table.file,
            self.table.owner.id,
            element,
            rule,
            tuple(row + 1 for row in rows),
            example,
            what,
            remedy,
        )

    def _example(self, region: Region) -> dict[str, str]:
        found: dict[str, str] = {}
        for column, numbers in zip(self.columns, region, strict=True):
            atoms = [column.atoms[number] for number in numbers]
            atom = next((atom for atom in atoms if atom.counts), atoms[0])
            if atom is not ANYTHING:
                found[column.label] = literal_text(atom.example, self.run)
        return found

    def _words(self, region: Region) -> str:
        parts: dict[str, str] = {}
        for column, numbers in zip(self.columns, region, strict=True):
            atoms = [column.atoms[number] for number in numbers]
            if len(atoms) < sum(atom.counts for atom in column.atoms):
                parts[column.label] = words_of(atoms, self.run)
        return _said(parts) or "–"


def _said(parts: Mapping[str, str]) -> str:
    return "; ".join(f"{label}: {words}" for label, words in parts.items())
