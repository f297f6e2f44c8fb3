"""What policy.toml says of the statistics: by what they group, and what counts as what."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.feel import Expression
from engine.model import Sentence
from engine.policy.expressions import read_expression
from engine.policy.sections.ledger import Ledger
from engine.policy.toml import Table, did_you_mean


@dataclass(frozen=True, slots=True)
class Statistics:
    """How the cases of a ledger are counted."""

    unit: str | None  #: The column by which rates by responsible unit go.
    hot_spot: str | None  #: The column whose values are ranked by how often they come.
    solved_once: Expression | None  #: Whether one answer was enough; null: not counted.
    satisfaction: Expression | None  #: From 1 to 5; null where nobody said.
    reopened: Expression | None  #: Whether the case takes up an earlier one.
    groups: tuple[str, ...]  #: The columns that tables are grouped by.
    clauses: tuple[str, ...]

    @property
    def columns(self) -> frozenset[str]:
        """Return the columns that figures go by."""
        named = {*self.groups, self.unit, self.hot_spot}
        return frozenset(column for column in named if column is not None)

    @property
    def measures(self) -> Mapping[str, Expression]:
        """Return what is measured of each case, by its key in policy.toml."""
        said = {
            "solved-once": self.solved_once,
            "satisfaction": self.satisfaction,
            "reopened": self.reopened,
        }
        return {key: measure for key, measure in said.items() if measure is not None}


def read_statistics(top: Table, ledger: Ledger | None) -> Statistics | None:
    """Return what ``[statistics]`` says; None where there is no such section."""
    table = top.table("statistics")
    if "statistics" not in top:
        return None
    if ledger is None and "ledger" not in top:
        top.missing("ledger")
    statistics = Statistics(
        unit=_column(table, "unit", ledger),
        hot_spot=_column(table, "hot-spot", ledger),
        solved_once=read_expression(table, "solved-once"),
        satisfaction=read_expression(table, "satisfaction"),
        reopened=read_expression(table, "reopened"),
        groups=tuple(_groups(table, ledger)),
        clauses=table.texts("clauses"),
    )
    table.close()
    return statistics


def _groups(table: Table, ledger: Ledger | None) -> list[str]:
    groups: list[str] = []
    for group in table.tables("group"):
        column = _column(group, "column", ledger)
        if column is None:
            group.missing("column")
        elif column in groups:
            group.report(
                "column",
                "statistics-column",
                Sentence(
                    "Expected each group once, but {column} is grouped by twice.",
                    {"column": column},
                ),
                Sentence("Take one of the two out."),
            )
        else:
            groups.append(column)
        group.close()
    return groups


def _column(table: Table, key: str, ledger: Ledger | None) -> str | None:
    """Return the id of a column of the ledger at *key*; None where there is none."""
    column = table.text(key)
    if column and ledger is not None and ledger.column(column) is None:
        known = [each.id for each in ledger.columns]
        table.report(
            key,
            "statistics-column",
            Sentence(
                "Expected a column of the ledger, but there is none called {column}.",
                {"column": column},
            ),
            did_you_mean(column, known),
        )
    return column or None
