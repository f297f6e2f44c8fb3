"""How urgent something is, reckoned in the working time of its policy."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.calendar import WorkCalendar, remaining
from engine.model import Sentence

Urgency = Literal["plain", "soon", "late"]


@dataclass(frozen=True, slots=True)
class DueTime:
    """When something is due, and what that means now."""

    at: datetime
    urgency: Urgency
    left: Sentence  #: Such as "2 working h left" or "2 h overdue".
    is_provisional: bool  #: The year's public holidays are not known yet.


def due_time(
    due: datetime | None, warn: datetime | None, now: datetime, calendar: WorkCalendar
) -> DueTime | None:
    """Return what *due* means at *now*; amber begins at *warn*."""
    if due is None:
        return None
    return DueTime(
        at=due,
        urgency=_urgency(due, warn, now),
        left=remaining(due, now, calendar),
        is_provisional=calendar.is_provisional(due),
    )


def _urgency(due: datetime, warn: datetime | None, now: datetime) -> Urgency:
    if now > due:
        return "late"
    if warn is not None and now >= warn:
        return "soon"
    return "plain"
