"""Reads the months that somebody asks for."""

from engine.model import InvalidValues, Sentence
from engine.reckoning.months import Period, is_month, moved
from engine.reports.making import MOST_MONTHS


def period_asked(first: str, last: str, usual: Period) -> Period:
    """Return the months from *first* to *last*; *usual* where neither is said.

    Of one alone the other follows: as many months as are usual.

    Raises:
        InvalidValues: If one is no month, they run backwards, or are too many.
    """
    _refuse_others(first=first, last=last)
    if not first and not last:
        return usual
    length = sum(1 for _ in usual.months()) - 1
    period = Period(first or moved(last, -length), last or moved(first, length))
    if period.first > period.last:
        raise InvalidValues(
            {"last": (Sentence("Expected the last month not to be before the first."),)}
        )
    if moved(period.first, MOST_MONTHS) <= period.last:
        said = Sentence("Expected at most {most} months.", {"most": MOST_MONTHS})
        raise InvalidValues({"last": (said,)})
    return period


def _refuse_others(**months: str) -> None:
    errors = {
        name: (Sentence("Expected a month such as {example}.", {"example": "2026-03"}),)
        for name, month in months.items()
        if month and not is_month(month)
    }
    if errors:
        raise InvalidValues(errors)
