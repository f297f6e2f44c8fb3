"""Finds cases that no rule decides."""

from collections.abc import Iterator

from engine.dmn.analysis.columns import Column
from engine.dmn.analysis.problem import Subject, TableProblem
from engine.dmn.analysis.search import Effort, Enough, Region, Stopped, joined
from engine.dmn.analysis.wording import cases, example
from engine.dmn.logic.hit_policies import SEVERAL
from engine.feel.values.kinds import FeelValue
from engine.model import Sentence

_ADD_RULE = Sentence(
    "Add a rule for these cases or a last rule for all others, or say in the head of the"
    " column which values can come."
)
_ADD_EMPTY = Sentence(
    "Add a rule for cases where it is empty, or make the form ask for it in any case."
)
MOST_PARTS = 200  #: Parts of gaps that are looked for before they are put together.


def needs_hit(subject: Subject) -> bool:
    """Tell whether the table gives nothing where no rule hits."""
    table = subject.table
    if all(output.default is not None for output in table.outputs):
        return False
    # A list may be empty and counted, but has then no sum, least or greatest item.
    return table.policy not in SEVERAL or table.aggregation in ("SUM", "MIN", "MAX")


def gaps(subject: Subject, effort: Effort) -> Iterator[TableProblem]:
    """Give the cases for which there should be a rule, and is none.

    Raises:
        Enough: After so many that there is no use in more.
        Stopped: When there are more to look for than *effort* allows.
    """
    found: list[Region] = []
    end: Exception | None = None
    try:
        for region in _open(subject, subject.expected, effort):
            found.append(region)
            if len(found) == MOST_PARTS:
                end = Enough()
                break
    except Stopped as stopped:
        end = stopped
    yield from (_gap(subject, region) for region in joined(found))
    if end is not None:
        raise end


def gaps_of_missing(subject: Subject, effort: Effort) -> Iterator[TableProblem]:
    """Give for each column that may be empty a case that no rule decides then."""
    for at, column in enumerate(subject.columns):
        optional = subject.sources.is_optional(subject.table, column.path)
        if not optional or column.missing & column.counted:
            continue
        within = list(subject.expected)
        within[at] = column.missing
        region = next(_open(subject, tuple(within), effort), None)
        if region is not None:
            yield subject.problem(
                "dmn-gap-empty",
                (),
                _where_empty(column, subject.case(region)),
                _ADD_EMPTY,
                region,
            )


def _where_empty(column: Column, case: list[tuple[Column, FeelValue]]) -> Sentence:
    others = [(other, value) for other, value in case if other is not column]
    if not others:
        return Sentence(
            "No rule fits where {column} is left empty.", {"column": column.label}
        )
    return Sentence(
        "No rule fits where {column} is left empty, for example {example}.",
        {"column": column.label, "example": example(others)},
    )


def _open(subject: Subject, within: Region, effort: Effort) -> Iterator[Region]:
    every = (1 << len(subject.table.rows)) - 1
    return subject.search(sure=False).gaps(within, every, effort)


def _gap(subject: Subject, region: Region) -> TableProblem:
    return subject.problem("dmn-gap", (), _what(subject, region), _ADD_RULE, region)


def _what(subject: Subject, region: Region) -> Sentence:
    told = example(subject.case(region))
    found = cases(subject.columns, region)
    if found is None:
        return Sentence(
            "No rule fits at all, for example where {example}.", {"example": told}
        )
    if all(pieces.bit_count() == 1 for pieces in region):
        return Sentence("No rule fits where {cases}.", {"cases": found})
    return Sentence(
        "No rule fits where {cases}; for example {example}.",
        {"cases": found, "example": told},
    )
