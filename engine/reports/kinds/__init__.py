"""The kinds of reports: each makes figures of material; none reads tables."""

from collections.abc import Callable, Mapping

from engine.policy.sections.reports import Report as Owed
from engine.policy.sections.reports import ReportKind
from engine.reckoning.report import Report
from engine.reports.kinds import counts, quality
from engine.reports.kinds.trend import trend
from engine.reports.material import Material

KINDS: Mapping[ReportKind, Callable[[Material, Owed], Report]] = {
    "daily-count": counts.daily_count,
    "monthly-summary": counts.monthly_summary,
    "statistics-table": counts.statistics_table,
    "unit-rate": counts.unit_rate,
    "hot-spots": counts.hot_spots,
    "trend": trend,
    "deadlines": quality.deadlines,
    "solved-once": quality.solved_once,
    "satisfaction": quality.satisfaction,
    "reopened": quality.reopened,
}
#: How many months a report shows unless somebody asks for others.
MONTHS: Mapping[ReportKind, int] = {
    "daily-count": 1,
    "monthly-summary": 12,
    "statistics-table": 12,
    "unit-rate": 1,
    "hot-spots": 3,
    "trend": 24,
    "deadlines": 1,
    "solved-once": 12,
    "satisfaction": 12,
    "reopened": 12,
}
