"""Finds rules that decide the same case, where they may not."""

from collections.abc import Iterator

from engine.dmn.analysis.named import is_constant
from engine.dmn.analysis.problem import Subject, TableProblem
from engine.dmn.analysis.search import Effort, Region, Stopped, common
from engine.dmn.analysis.wording import example
from engine.dmn.logic.table import Row
from engine.feel.builtins.range_text import literal_value
from engine.feel.values.comparison import equal
from engine.model import Sentence

_NARROW = Sentence("Narrow one of the rules, or choose the hit policy FIRST.")


def overlaps(subject: Subject, effort: Effort) -> Iterator[TableProblem]:
    """Give two rules each that fit one case, but only one may or they must agree.

    Raises:
        Stopped: When there are more to compare than *effort* allows.
    """
    policy = subject.table.policy
    if policy not in ("UNIQUE", "ANY"):
        return
    rows = subject.table.rows
    for second in range(len(rows)):
        try:
            effort.spend(second)
        except Stopped as stopped:
            raise Stopped(stopped.limit, range(second, len(rows))) from None
        for first in range(second):
            shared = common(subject.surely[first], subject.surely[second])
            if shared is None:
                continue
            if policy == "UNIQUE":
                yield _overlap(subject, first, second, shared)
            else:
                yield from _disagreement(subject, first, second, shared)


def _overlap(subject: Subject, first: int, second: int, shared: Region) -> TableProblem:
    what = Sentence(
        "Rules {first} and {second} both fit {example}, but only one rule may.",
        _values(subject, first, second, shared),
    )
    return subject.problem("dmn-overlap", (first, second), what, _NARROW, shared)


def _disagreement(
    subject: Subject, first: int, second: int, shared: Region
) -> Iterator[TableProblem]:
    agree = _agree(subject, subject.table.rows[first], subject.table.rows[second])
    values = _values(subject, first, second, shared)
    if agree is False:
        what = Sentence(
            "Rules {first} and {second} both fit {example}, but conclude differently.",
            values,
        )
        yield subject.problem("dmn-overlap", (first, second), what, _NARROW, shared)
    elif agree is None:
        what = Sentence(
            "Rules {first} and {second} both fit {example}, and may conclude differently.",
            values,
        )
        yield subject.problem("dmn-may-differ", (first, second), what, _NARROW, shared)


def _values(subject: Subject, first: int, second: int, shared: Region) -> dict[str, object]:
    told = example(subject.case(shared))
    return {"first": first + 1, "second": second + 1, "example": told}


def _agree(subject: Subject, first: Row, second: Row) -> bool | None:
    """Tell whether two rules conclude the same; None if that depends on the case."""
    result: bool | None = True
    for one, other in zip(first.conclusions, second.conclusions, strict=True):
        sources = {None if each is None else each.source for each in (one, other)}
        if len(sources) == 1:
            continue
        if any(each is not None and not is_constant(each.tree) for each in (one, other)):
            result = None
            continue
        mine, theirs = (
            None if each is None else literal_value(each.tree, subject.run)
            for each in (one, other)
        )
        if equal(mine, theirs, subject.run) is not True:
            return False
    return result
