"""Says what of a table was not looked at, so that silence is never taken for praise."""

from collections.abc import Iterator, Sequence

from engine.dmn.analysis.columns import Cell
from engine.dmn.analysis.problem import Subject, TableProblem
from engine.dmn.analysis.search import Stopped
from engine.dmn.analysis.wording import listed
from engine.dmn.logic.table import Table
from engine.model import Sentence

MOST_COLUMNS, MOST_CONDITIONS = 100, 8_000  #: Of a table that is analysed.
MOST_CELLS_TOLD = 5
_BY_HAND = Sentence("Look at these rules yourself, and try them with scenarios.")


def not_analysed(subject: Subject) -> Iterator[TableProblem]:
    """Give the conditions that depend on more than the value that they test."""
    cells: list[Cell] = []
    for column in subject.columns:
        if column.beside is not None:
            yield _beside(subject, column.label, column.beside)
        else:
            cells += column.opaque
    if not cells:
        return
    cells.sort(key=lambda cell: cell.rule)
    told = [
        Sentence(
            "rule {rule}, {column}: {tests}",
            {"rule": cell.rule + 1, "column": cell.label, "tests": cell.source},
        )
        for cell in cells[:MOST_CELLS_TOLD]
    ]
    if len(cells) > len(told):
        more = len(cells) - len(told)
        told.append(Sentence("{count} more", {"count": more}))
    whole = told[0]
    for one in told[1:]:
        whole = Sentence("{cell}; {more}", {"cell": whole, "more": one})
    yield subject.problem(
        "dmn-not-analysed",
        tuple(dict.fromkeys(cell.rule for cell in cells)),
        Sentence(
            "Not analysed, because they depend on more than the value they test: {cells}.",
            {"cells": whole},
        ),
        _BY_HAND,
    )


def _beside(subject: Subject, label: str, other: str) -> TableProblem:
    what = Sentence(
        "The conditions on {column} are not analysed: {other} asks about the same.",
        {"column": label, "other": other},
    )
    return subject.problem("dmn-not-analysed", (), what, _BY_HAND)


def not_allowed(subject: Subject) -> Iterator[TableProblem]:
    """Give values that may come to the table, but that it does not allow."""
    for column in subject.columns:
        if column.refused:
            yield subject.problem(
                "dmn-not-allowed",
                (),
                Sentence(
                    "{column} can be {values}, which the table does not allow.",
                    {
                        "column": column.label,
                        "values": listed(column.refused, column.spoken),
                    },
                ),
                Sentence("Allow these values in the head of the column."),
            )


def told_in_part(subject: Subject, kind: Sentence) -> TableProblem:
    """Return the note that there are more findings of one kind."""
    return subject.problem(
        "dmn-more",
        (),
        Sentence("There are more {kind} in the table than are told here.", {"kind": kind}),
        Sentence("Mend those that are told, and check again."),
    )


def stopped_early(subject: Subject, kind: Sentence, stopped: Stopped) -> TableProblem:
    """Return the note that a search came to the end of its budget."""
    values = {"kind": kind, "limit": stopped.limit, "rules": _ranges(stopped.rules)}
    what = Sentence(
        "The search for {kind} stopped after {limit} steps; there may be more than are"
        " told here.",
        values,
    )
    if stopped.rules:
        what = Sentence(
            "The search for {kind} stopped after {limit} steps; these rules were not looked"
            " at to the end: {rules}.",
            values,
        )
    return subject.problem(
        "dmn-too-large",
        tuple(stopped.rules),
        what,
        Sentence("Split the table into several decisions."),
    )


def _ranges(rules: Sequence[int]) -> str:
    """Write rules as a person counts them, such as 2, 5-9."""
    parts: list[list[int]] = []
    for rule in rules:
        if parts and parts[-1][-1] == rule - 1:
            parts[-1][1:] = [rule]
        else:
            parts.append([rule])
    return ", ".join("-".join(str(rule + 1) for rule in part) for part in parts)


def too_large(table: Table) -> TableProblem | None:
    """Return the note that nothing of a table is looked at, if it is too large."""
    conditions = sum(cell is not None for row in table.rows for cell in row.conditions)
    if len(table.inputs) > MOST_COLUMNS:
        what = Sentence(
            "The table has {count} input columns and was not analysed; up to {limit} are.",
            {"count": len(table.inputs), "limit": MOST_COLUMNS},
        )
    elif conditions > MOST_CONDITIONS:
        what = Sentence(
            "The table has {count} conditions and was not analysed; up to {limit} are.",
            {"count": conditions, "limit": MOST_CONDITIONS},
        )
    else:
        return None
    return TableProblem(
        table.file,
        table.owner.id,
        table.element,
        "dmn-too-large",
        (),
        {},
        what,
        Sentence("Split the table into several decisions."),
    )
