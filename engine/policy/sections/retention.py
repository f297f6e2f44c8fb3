"""What policy.toml says of retention: how long personal data of closed cases is kept."""

from dataclasses import dataclass

from engine.policy.toml import Table

_YEARS = 3
_MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class Retention:
    """After how many years the personal data of a closed case is erased."""

    years: int
    clauses: tuple[str, ...]


def read_retention(top: Table) -> Retention | None:
    """Return what ``[retention]`` says; None where there is no such section."""
    table = top.table("retention")
    if "retention" not in top:
        return None
    if "years" not in table:
        table.missing("years")
    retention = Retention(
        years=table.whole("years", _YEARS, least=1, most=_MOST_YEARS),
        clauses=table.texts("clauses"),
    )
    table.close()
    return retention
