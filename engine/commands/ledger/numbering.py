"""Writes case numbers as policy.toml asks for them, such as ``ZL-2603-0001``."""

import re
from datetime import datetime

from engine.policy.sections.number import FIELD, Series

_PERIODS = {"day": "%Y%m%d", "month": "%Y%m", "year": "%Y", "never": ""}
_DATES = {
    "YYYY": "%Y",
    "YY": "%y",
    "YYYYMM": "%Y%m",
    "YYMM": "%y%m",
    "YYYYMMDD": "%Y%m%d",
    "YYMMDD": "%y%m%d",
}


def period_of(series: Series, local: datetime) -> str:
    """Return the period that *local*, the time in the policy's zone, is counted in."""
    return local.strftime(_PERIODS[series.period])


def case_number(series: Series, local: datetime, count: int) -> str:
    """Return the number of the *count*-th case of its period."""

    def written(found: re.Match[str]) -> str:
        field = found[1]
        return (
            local.strftime(_DATES[field]) if field in _DATES else f"{count:0{len(field)}}"
        )

    return FIELD.sub(written, series.format)
