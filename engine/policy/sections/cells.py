"""Turns what the expression of a ledger column gives into what the ledger keeps."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

import isodate

from engine.model import InvalidState, Json
from engine.policy.sections.ledger import Column, Kind

LONGEST = 2000  #: Characters of one value.
_LONGEST_KEY = 200
_HOUR = 3600
_HUNDREDTH = Decimal("0.01")
_TRUTHS: Mapping[str, bool] = {"yes": True, "no": False, "true": True, "false": False}


def cell(column: Column, value: Json, zone: ZoneInfo) -> Json:
    """Return what the ledger keeps of *value*, a JSON value, in *column*.

    Texts, keys and dates are texts; numbers are numbers, hours counted in hours; several
    choices are a list.

    Raises:
        InvalidState: If the value is none of the column's kind.
    """
    if value is None or value in ("", []):
        return None
    try:
        return _CELLS[column.kind](value, zone)
    except (ValueError, TypeError, ArithmeticError):
        raise InvalidState(
            "Expected a value of the kind {kind} in the column {column}, but it is "
            "{value}.",
            kind=column.kind,
            column=column.title,
            value=str(value)[:_LONGEST_KEY],
        ) from None


def _text(value: Json, zone: ZoneInfo) -> str:
    return "、".join(_words(value))[:LONGEST]


def _words(value: Json) -> list[str]:
    if isinstance(value, list):
        return [word for item in value for word in _words(item)]
    if isinstance(value, dict):
        if "name" not in value:
            raise ValueError
        return _words(value["name"])
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return [] if value is None else [str(value).replace("\0", "")]


def _key(value: Json, zone: ZoneInfo) -> str:
    if isinstance(value, dict | list):
        raise ValueError
    return _text(value, zone)[:_LONGEST_KEY]


def _choice(value: Json, zone: ZoneInfo) -> Json:
    if isinstance(value, list):
        return [_key(item, zone) for item in value if item is not None]
    return _key(value, zone)


def _number(value: Json, zone: ZoneInfo) -> Json:
    if isinstance(value, bool):
        raise ValueError
    if isinstance(value, str):
        try:
            value = Decimal(value.strip())
        except InvalidOperation:
            raise ValueError from None
    if not isinstance(value, int | Decimal):
        raise ValueError
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError
    return value


def _hours(value: Json, zone: ZoneInfo) -> Json:
    if isinstance(value, str) and value.lstrip("-").startswith("P"):
        duration = isodate.parse_duration(value)
        if not isinstance(duration, timedelta):
            raise ValueError  # Months have no number of hours.
        seconds = Decimal(duration // timedelta(seconds=1))
        return (seconds / _HOUR).quantize(_HUNDREDTH)
    return _number(value, zone)


def _date(value: Json, zone: ZoneInfo) -> str:
    if len(value) == len("2026-03-02"):
        return date.fromisoformat(value).isoformat()
    return datetime.fromisoformat(_moment(value, zone)).date().isoformat()


def _moment(value: Json, zone: ZoneInfo) -> str:
    if len(value) == len("2026-03-02"):
        moment = datetime.combine(date.fromisoformat(value), time(), zone)
    else:
        moment = datetime.fromisoformat(value.partition("@")[0])
        moment = moment.replace(tzinfo=moment.tzinfo or zone)
    return moment.astimezone(zone).isoformat(timespec="seconds")


def _yes_no(value: Json, zone: ZoneInfo) -> bool:
    if isinstance(value, bool):
        return value
    if value not in _TRUTHS:
        raise ValueError
    return _TRUTHS[value]


_CELLS: Mapping[Kind, Callable[[Json, ZoneInfo], Json]] = {
    "text": _text,
    "choice": _choice,
    "number": _number,
    "money": _number,
    "date": _date,
    "moment": _moment,
    "yes-no": _yes_no,
    "hours": _hours,
    "unit": _key,
    "person": _key,
}
