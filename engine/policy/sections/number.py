"""What policy.toml says of case numbers: how they are written, and when counting begins."""

import re
from dataclasses import dataclass
from typing import Literal

from engine.model import Sentence
from engine.policy.toml import Table

Period = Literal["day", "month", "year", "never"]

PERIODS: tuple[Period, ...] = ("day", "month", "year", "never")
FIELD = re.compile(r"\{([^{}]*)\}")
#: Before the number of a demo case; no other number begins so.
DEMO_NUMBER = "DEMO-"
_COUNT = re.compile(r"0{1,9}")
#: What a number must show of the date so that a new period makes new numbers.
_DATES: dict[Period, tuple[str, ...]] = {
    "day": ("YYYYMMDD", "YYMMDD"),
    "month": ("YYYYMM", "YYMM", "YYYYMMDD", "YYMMDD"),
    "year": ("YYYY", "YY", "YYYYMM", "YYMM", "YYYYMMDD", "YYMMDD"),
    "never": (),
}
_DATE_FIELDS = {field for fields in _DATES.values() for field in fields}


@dataclass(frozen=True, slots=True)
class Series:
    """A series of case numbers, each given once and none left out."""

    format: str  #: With ``{YYMM}`` and the like, and one ``{0000}``.
    period: Period  #: When counting begins anew.


def read_series(table: Table) -> Series:
    """Return the series that *table* says, with all that is wrong about it told."""
    period = table.choice("period", PERIODS, "year")
    written = table.required_text("format")
    fields = FIELD.findall(written)
    counts = [field for field in fields if _COUNT.fullmatch(field)]
    dates = [field for field in fields if field in _DATE_FIELDS]
    if written and (len(counts) != 1 or len(counts) + len(dates) != len(fields)):
        table.report(
            "format",
            "policy-number",
            Sentence(
                "Expected one counter such as {example} and dates such as {date}, but the "
                "format is {format}.",
                {"example": "{0000}", "date": "{YYMM}", "format": written},
            ),
            Sentence(
                "Known in braces: {known}.",
                {"known": "0000, " + ", ".join(sorted(_DATE_FIELDS))},
            ),
        )
    elif counts and period != "never" and not set(dates) & set(_DATES[period]):
        table.report(
            "format",
            "policy-number",
            Sentence(
                "Counting begins anew each {period}, but the format does not show it, so "
                "that numbers would come twice.",
                {"period": period},
            ),
            Sentence(
                "Put one of these in braces into it: {known}.",
                {"known": ", ".join(_DATES[period])},
            ),
        )
    if written.upper().startswith(DEMO_NUMBER):
        table.report(
            "format",
            "policy-number",
            Sentence(
                "Expected a number that does not begin with {prefix}, since demo cases do.",
                {"prefix": DEMO_NUMBER},
            ),
            Sentence("Begin it with other letters."),
        )
    table.close()
    return Series(written, period)


def may_meet(one: Series, other: Series) -> bool:
    """Tell whether two series may give the same number, by their letters and digits.

    >>> may_meet(Series("YZ-{YYMM}-{00}", "month"), Series("{YYMM}{000}", "month"))
    False
    >>> may_meet(Series("{YYMM}{00}", "month"), Series("{YYYY}-{00}", "year"))
    False
    >>> may_meet(Series("{YYMM}{00}", "month"), Series("{YYMM}{000}", "month"))
    True
    """
    mine, theirs = _places(one), _places(other)
    seen: set[tuple[int, int]] = set()
    reached = [(0, 0)]
    while reached:
        at = reached.pop()
        if at in seen:
            continue
        seen.add(at)
        if at == (len(mine), len(theirs)):
            return True
        reached += _steps(mine, theirs, *at)
    return False


_DIGIT, _MORE = "digit", "digits"  #: One digit; any number of them.


def _places(series: Series) -> list[str]:
    """Return the letters that stand fast, and the places where digits come."""
    places: list[str] = []
    for place, part in enumerate(FIELD.split(series.format)):
        if place % 2 == 0:
            places += part
        else:
            places += [_DIGIT] * len(part)
            places += [_MORE] if _COUNT.fullmatch(part) else []
    return places


def _steps(mine: list[str], theirs: list[str], i: int, j: int) -> list[tuple[int, int]]:
    one = mine[i] if i < len(mine) else ""
    other = theirs[j] if j < len(theirs) else ""
    steps: list[tuple[int, int]] = []
    if one == _MORE:
        steps.append((i + 1, j))
    if other == _MORE:
        steps.append((i, j + 1))
    if one and other and _may_be_same(one, other):
        steps.append((i + (one != _MORE), j + (other != _MORE)))
    return steps


def _may_be_same(one: str, other: str) -> bool:
    digits = {_DIGIT, _MORE}
    if one in digits:
        return other in digits or other.isdecimal()
    return one.isdecimal() if other in digits else one == other
