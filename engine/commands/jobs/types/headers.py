"""Reads the headers of a job as what they must be, or says what is wrong with them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.commands.moving.case import Moving
from engine.model import InvalidState, Json
from engine.policy.sections.ledger import Ledger
from engine.store.ledger import Wanted, wanted_values
from engine.store.models import Job

_DAY = len("2026-03-02")


def header(job: Job, name: str) -> Json:
    """Return the header *name*; None where there is none."""
    headers: Mapping[str, Json] = job.payload["headers"]
    return headers.get(name)


def text(job: Job, name: str) -> str:
    """Return the header *name*, a text that says something.

    Raises:
        InvalidState: If it does not.
    """
    value = header(job, name)
    if not isinstance(value, str) or not value.strip():
        raise _unfit(name, "text", value)
    return value.strip()


def context(job: Job, name: str) -> Mapping[str, Json]:
    """Return the header *name*, a context; an empty one where there is none.

    Raises:
        InvalidState: If it is anything else.
    """
    value = header(job, name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _unfit(name, "context", value)
    return value


def whole(job: Job, name: str, most: int) -> int:
    """Return the header *name*, a whole number from 1 to *most*.

    Raises:
        InvalidState: If it is anything else.
    """
    value = header(job, name)
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if not is_number or value != int(value) or not 1 <= value <= most:
        raise InvalidState(
            "Expected the header {name} to be a whole number from {least} to {most}, but "
            "it is {value}.",
            name=name,
            least=1,
            most=most,
            value=str(value),
        )
    return int(value)


def since(moving: Moving, job: Job) -> date | datetime:
    """Return the header ``since``: a day, or a moment, in the policy's time zone.

    Raises:
        InvalidState: If it is neither.
    """
    value = header(job, "since")
    try:
        if isinstance(value, str) and len(value) == _DAY:
            return date.fromisoformat(value)
        moment = datetime.fromisoformat(str(value).partition("@")[0])
    except ValueError:
        raise _unfit("since", "date", value) from None
    return moment.replace(tzinfo=moment.tzinfo or _zone(moving))


def where(moving: Moving, job: Job) -> Wanted:
    """Return what the header ``where`` asks of the columns of the ledger.

    Raises:
        InvalidState: If it asks for a column that there is not, or for no value of it.
    """
    return wanted_values(ledger_of(moving), context(job, "where"), _zone(moving))


def ledger_of(moving: Moving) -> Ledger:
    """Return the ledger of the case's policy.

    Raises:
        InvalidState: If it has none.
    """
    ledger = moving.policy.settings.ledger
    if ledger is None:
        raise InvalidState(
            "Expected the policy {policy} to keep a ledger, but it keeps none.",
            policy=moving.policy.settings.title,
        )
    return ledger


def _zone(moving: Moving) -> ZoneInfo:
    return ZoneInfo(moving.policy.settings.zone)


def _unfit(name: str, kind: str, value: Json) -> InvalidState:
    return InvalidState(
        "Expected the header {name} to be a {kind}, but it is {value}.",
        name=name,
        kind=kind,
        value="null" if value is None else str(value),
    )
