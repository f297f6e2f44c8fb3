"""Material for reports without tables: a ledger's columns, and whatever lines are given."""

from datetime import date

from engine.feel import parse_expression
from engine.policy.sections.ledger import Column, Ledger
from engine.policy.sections.reports import Report as Owed
from engine.policy.sections.statistics import Statistics
from engine.reckoning.book import Book
from engine.reckoning.months import Period
from engine.reports.kinds import KINDS
from engine.reports.material import Material

ALWAYS = parse_expression("true")
LABELS = {"a": "漏水", "b": "异响", "c": "从未出现"}


def column(name, title, kind, labels=None):
    return Column(name, title, parse_expression(name), kind, None, labels or {}, ())


LEDGER = Ledger(
    title="台账",
    processes=("complaint",),
    readers=("head",),
    close_day=10,
    columns=(
        column("unit", "责任单位", "unit"),
        column("cause", "原因", "choice", LABELS),
    ),
    clauses=(),
)
STATISTICS = Statistics("unit", "cause", ALWAYS, ALWAYS, ALWAYS, ("cause", "unit"), ())


def material(lines, period: Period, steps=(), closed=None, today=date(2026, 6, 30)):
    return Material(
        ledger=LEDGER,
        statistics=STATISTICS,
        period=period,
        book=Book(Period("2025-01", "2026-12"), lines, closed or {}),
        today=today,
        steps=steps,
        since=min((line.opened_in for line in lines), default=None),
        units={"north": "北区营业所"},
    )


def report(kind, given: Material):
    return KINDS[kind](given, Owed(kind, "题目", (), ()))
