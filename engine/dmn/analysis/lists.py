"""Finds values in rules that the lists of the columns do not have, and equal rules."""

from collections.abc import Iterator

from engine.dmn.analysis.named import is_constant
from engine.dmn.analysis.problem import Subject, TableProblem
from engine.dmn.analysis.wording import listed, said
from engine.dmn.logic.hit_policies import SEVERAL
from engine.dmn.logic.table import OutputColumn, Row
from engine.feel.builtins.range_text import literal_value
from engine.feel.compiling.scope import Scope
from engine.feel.compiling.tests import passes
from engine.feel.values.kinds import FeelValue
from engine.model import Sentence

_LIST_IT = Sentence("Correct the value, or add it to those that the column lists.")


def unlisted(subject: Subject) -> Iterator[TableProblem]:
    """Give rules that ask for or conclude a value which is not listed in the head."""
    for column in subject.columns:
        for row, values in column.unlisted.items():
            if not all(subject.perhaps[row]):
                continue  # It is told as unreachable.
            what = Sentence(
                "Rule {rule} asks whether {column} is {values}, which the column does not"
                " allow.",
                {
                    "rule": row + 1,
                    "column": column.label,
                    "values": listed(values, column.spoken),
                },
            )
            yield subject.problem("dmn-not-listed", (row,), what, _LIST_IT)
    for at, output in enumerate(subject.table.outputs):
        yield from _unlisted_conclusions(subject, at, output)


def _unlisted_conclusions(
    subject: Subject, at: int, output: OutputColumn
) -> Iterator[TableProblem]:
    order = None if output.order is None else output.order(Scope({}, None, subject.run))
    if not isinstance(order, list) or None in order:
        return
    for number, row in enumerate(subject.table.rows):
        value = _conclusion(subject, row, at)
        if value is None or passes(value, order, subject.run) is True:
            continue
        what = Sentence(
            "Rule {rule} concludes {value}, which is not among the output values of"
            " “{column}”.",
            {"rule": number + 1, "value": said(value), "column": output.label},
        )
        yield subject.problem("dmn-not-listed", (number,), what, _LIST_IT)


def _conclusion(subject: Subject, row: Row, at: int) -> FeelValue:
    """Return what a rule concludes; null if that is nothing, or depends on the case."""
    conclusion = row.conclusions[at] if at < len(row.conclusions) else None
    if conclusion is None or not is_constant(conclusion.tree):
        return None
    return literal_value(conclusion.tree, subject.run)


def alike(subject: Subject) -> Iterator[TableProblem]:
    """Give rules that say the same, where all rules that hit are counted."""
    if subject.table.policy not in SEVERAL:
        return
    known: dict[object, int] = {}
    for number, row in enumerate(subject.table.rows):
        conditions = tuple(cell and cell.source for cell in row.conditions)
        region = subject.surely[number]
        exact = region == subject.perhaps[number]
        conclusions = tuple(one and one.source for one in row.conclusions)
        first = known.setdefault((region if exact else conditions, conclusions), number)
        if first != number:
            what = Sentence(
                "Rules {first} and {second} say the same; both count where they hit.",
                {"first": first + 1, "second": number + 1},
            )
            remedy = Sentence("Remove one of the two rules.")
            yield subject.problem("dmn-alike", (first, number), what, remedy)
