"""What policy.toml says of reports: which the policy owes, and who may see each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from engine.model import Sentence
from engine.policy.sections.statistics import Statistics
from engine.policy.toml import Table

ReportKind = Literal[
    "daily-count",
    "monthly-summary",
    "statistics-table",
    "unit-rate",
    "hot-spots",
    "trend",
    "deadlines",
    "solved-once",
    "satisfaction",
    "reopened",
]

REPORT_KINDS: tuple[ReportKind, ...] = get_args(ReportKind)
#: What [statistics] must say so that there is something to report.
NEEDED: Mapping[ReportKind, str] = {
    "statistics-table": "group",
    "unit-rate": "unit",
    "hot-spots": "hot-spot",
    "solved-once": "solved-once",
    "satisfaction": "satisfaction",
    "reopened": "reopened",
}


@dataclass(frozen=True, slots=True)
class Report:
    """A report that the policy owes."""

    kind: ReportKind
    title: str
    roles: tuple[str, ...]  #: Who sees it, beside the readers of the ledger.
    clauses: tuple[str, ...]


def read_reports(top: Table, statistics: Statistics | None) -> tuple[Report, ...]:
    """Return what each ``[[report]]`` says."""
    tables = top.tables("report")
    if tables and "ledger" not in top:
        top.missing("ledger")
    return tuple(_read(tables, statistics))


def what_is_missing(kind: ReportKind, statistics: Statistics | None) -> str | None:
    """Return the key of ``[statistics]`` without which *kind* has nothing to report."""
    needed = NEEDED.get(kind)
    if needed is None:
        return None
    said = (
        statistics is not None
        and {
            "group": bool(statistics.groups),
            "unit": statistics.unit is not None,
            "hot-spot": statistics.hot_spot is not None,
            "solved-once": statistics.solved_once is not None,
            "satisfaction": statistics.satisfaction is not None,
            "reopened": statistics.reopened is not None,
        }[needed]
    )
    return None if said else needed


def needs(kind: ReportKind, missing: str) -> tuple[Sentence, Sentence]:
    """Return what is wrong where *kind* lacks a key of ``[statistics]``, and what to do."""
    return (
        Sentence(
            "Expected [statistics] to say {key}, since the report {report} shows it, but "
            "it does not.",
            {"key": missing, "report": kind},
        ),
        Sentence("Add {key} to [statistics], or take the report out.", {"key": missing}),
    )


def _read(tables: list[Table], statistics: Statistics | None) -> Iterator[Report]:
    seen: set[ReportKind] = set()
    for table in tables:
        if "kind" not in table:
            table.missing("kind")
        kind = table.choice("kind", REPORT_KINDS, "monthly-summary")
        report = Report(
            kind=kind,
            title=table.required_text("title"),
            roles=table.texts("roles"),
            clauses=table.texts("clauses"),
        )
        missing = what_is_missing(kind, statistics)
        if missing is not None:
            table.report("kind", "report-empty", *needs(kind, missing))
        if kind in seen:
            table.report(
                "kind",
                "report-twice",
                Sentence(
                    "Expected each kind of report once, but {report} comes twice.",
                    {"report": kind},
                ),
                Sentence("Take one of the two out."),
            )
        seen.add(kind)
        table.close()
        yield report
