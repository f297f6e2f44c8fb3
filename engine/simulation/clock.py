"""A clock that stands still until it is moved."""

from datetime import datetime


class SimulatedClock:
    """Shows the moment it was set to."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Return the moment that the clock was set to."""
        return self._moment

    def set(self, moment: datetime) -> None:
        """Show *moment* from now on."""
        self._moment = moment
