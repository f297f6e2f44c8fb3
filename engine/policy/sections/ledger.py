"""What policy.toml says of the ledger: which cases stand in it, and with which columns."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from engine.feel import Expression
from engine.model import Sentence
from engine.policy.expressions import read_expression
from engine.policy.toml import Table

Kind = Literal[
    "text",
    "choice",
    "number",
    "money",
    "date",
    "moment",
    "yes-no",
    "hours",
    "unit",
    "person",
]

KINDS: tuple[Kind, ...] = get_args(Kind)
#: What columns and measures may read besides what all expressions of a case may: what the
#: customer answered after the case, or null, and `openedAt` and `closedAt`.
LEDGER_FACTS = frozenset({"survey", "clock"})
WIDEST = 120  #: Excel characters.
LAST_DAY = 28  #: There is one in every month.
_CLOSE_DAY = 10
_WIDTH = 14
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the ledger."""

    id: str
    title: str
    value: Expression  #: Over the case's variables, `case`, `survey` and `clock`.
    kind: Kind
    width: int | None  #: Excel characters.
    labels: Mapping[str, str]  #: What the values of a choice are called.
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The register of all cases of a policy, one row a case."""

    title: str
    processes: tuple[str, ...]  #: Whose cases stand in it.
    readers: tuple[str, ...]  #: Roles that may read it, and its cases.
    close_day: int  #: Of the next month, from which on a month can be closed.
    columns: tuple[Column, ...]
    clauses: tuple[str, ...]

    def column(self, column_id: str) -> Column | None:
        """Return the column called *column_id*; None where there is none."""
        return next((each for each in self.columns if each.id == column_id), None)


def read_ledger(top: Table, started: tuple[str, ...]) -> Ledger | None:
    """Return what ``[ledger]`` says; None where there is none, or it is no use.

    Args:
        top: All of policy.toml.
        started: The processes that people or messages start, for which nothing else is
            said.
    """
    table = top.table("ledger")
    if "ledger" not in top:
        return None
    tables = table.tables("column")
    if not tables:
        table.missing("column")
    columns = tuple(filter(None, map(_column, tables)))
    _refuse_twice(tables, columns)
    ledger = Ledger(
        title=table.required_text("title"),
        processes=table.texts("processes") or started,
        readers=table.texts("readers"),
        close_day=table.whole("close-day", _CLOSE_DAY, least=1, most=LAST_DAY),
        columns=columns,
        clauses=table.texts("clauses"),
    )
    if not ledger.processes and not table.file.is_broken:
        table.missing("processes")
    table.close()
    return ledger


def _column(table: Table) -> Column | None:
    column_id, kind = table.required_text("id"), table.choice("kind", KINDS, "text")
    if column_id and not _ID.fullmatch(column_id):
        table.report(
            "id",
            "ledger-column",
            Sentence(
                "Expected an id of small letters and digits, joined by hyphens, but it is "
                "{column}.",
                {"column": column_id},
            ),
            Sentence("Write it like responsible-unit; figures and exports go by it."),
        )
    value = read_expression(table, "value")
    if "value" not in table:
        table.missing("value")
    width = table.whole("width", _WIDTH, least=1, most=WIDEST) if "width" in table else None
    title, clauses = table.required_text("title"), table.texts("clauses")
    labels = _labels(table, kind)
    table.close()
    if value is None:
        return None
    return Column(column_id, title, value, kind, width, labels, clauses)


def _labels(table: Table, kind: Kind) -> Mapping[str, str]:
    labels = {key: str(label) for key, label in table.values("labels").items()}
    if labels and kind != "choice":
        table.report(
            "labels",
            "ledger-labels",
            Sentence(
                "Expected labels only at a choice, but the kind is {kind}.", {"kind": kind}
            ),
            Sentence('Write kind = "choice", or take the labels out.'),
        )
    for key, label in labels.items():
        if not label.strip():
            table.report(
                "labels",
                "ledger-labels",
                Sentence("Expected a label for {key}, but it is empty.", {"key": key}),
                Sentence("Write what people shall read for {key}.", {"key": key}),
            )
    return labels


def _refuse_twice(tables: list[Table], columns: tuple[Column, ...]) -> None:
    """Tell each column whose id another one has already."""
    if len(columns) < len(tables):
        return  # What is missing is told first.
    seen: set[str] = set()
    for table, column in zip(tables, columns, strict=True):
        if column.id in seen:
            table.report(
                "id",
                "ledger-column",
                Sentence(
                    "Expected each id once, but {column} is the id of two columns.",
                    {"column": column.id},
                ),
                Sentence("Give one of the two another id."),
            )
        seen.add(column.id)
