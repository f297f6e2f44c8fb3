"""Leaves a mail server alone that was away, instead of asking it once for each letter."""

from datetime import datetime, timedelta

from engine.model import Clock

_FIRST = timedelta(seconds=30)
_LONGEST = timedelta(minutes=5)


class Rest:
    """A pause that doubles each time it is needed again.

    Args:
        clock: Where the time comes from.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: datetime | None = None
        self._length = _FIRST

    @property
    def is_on(self) -> bool:
        """Tell whether the pause lasts."""
        return self._until is not None and self._clock.now() < self._until

    def begin(self) -> None:
        """Begin a pause, longer than the last one."""
        self._until = self._clock.now() + self._length
        self._length = min(self._length * 2, _LONGEST)

    def end(self) -> None:
        """End it: something went through."""
        self._until, self._length = None, _FIRST
