"""Reckons how urgent a task is, as one number by which lists of any length are ordered."""

from datetime import datetime

_NEVER = 9_000_000_000_000  #: Seconds since 1970; what is due at no time comes last.
_STEPS = 1000  #: Among what is due in the same second, the priority decides.


def urgency_of(due: datetime | None, priority: int) -> int:
    """Return a number: the lower, the sooner a task is due and the more it counts."""
    seconds = _NEVER if due is None else int(due.timestamp())
    return seconds * _STEPS + min(max(_STEPS - 1 - priority, 0), _STEPS - 1)


def urgency_at(moment: datetime) -> int:
    """Return the number below which tasks were due before *moment*."""
    return int(moment.timestamp()) * _STEPS
