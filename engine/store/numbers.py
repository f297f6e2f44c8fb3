"""Gives case numbers: by series and period, without duplicates and without gaps."""

from sqlalchemy import select

from engine.store.models import Case, NumberSeries
from engine.store.transaction import Transaction

DEMO_SERIES = "demo:"  #: Before the keys of the series that demo cases are counted in.


def demo_series(series_key: str) -> str:
    """Return the key of the series in which demo cases are counted instead."""
    return DEMO_SERIES + series_key


def next_count(tx: Transaction, series_key: str, period: str) -> int:
    """Return the next count of a period of a series, by its policy's key: 1, 2, 3…

    The series stays locked until the commit; a command that is refused takes its count
    back with it, so that no number is left out.
    """
    series = tx.session.scalar(
        select(NumberSeries)
        .where(NumberSeries.policy_key == series_key, NumberSeries.period == period)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if series is None:
        series = NumberSeries(policy_key=series_key, period=period, last=0)
        tx.session.add(series)
    series.last += 1
    tx.session.flush()
    return series.last


def is_given(tx: Transaction, number: str) -> bool:
    """Tell whether a case has this number already."""
    return tx.session.scalar(select(Case.id).where(Case.number == number)) is not None
