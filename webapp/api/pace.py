"""Holds up systems that ask too often, each process for itself."""

import threading
from datetime import datetime


class Pace:
    """Counts how often somebody asked within the present while.

    Args:
        most: How often one may ask within it.
        seconds: How long it is.
    """

    def __init__(self, most: int, seconds: int = 60) -> None:
        self.most, self.seconds = most, seconds
        self._while = -1
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()

    def seconds_to_wait(self, who: str, now: datetime) -> int:
        """Count one more and return how long it has to wait; mostly 0."""
        moment = int(now.timestamp())
        with self._lock:
            if moment // self.seconds != self._while:
                self._while = moment // self.seconds
                self._counts.clear()  # So that it never holds more than one while.
            count = self._counts.get(who, 0)
            if count >= self.most:
                return self.seconds - moment % self.seconds
            self._counts[who] = count + 1
            return 0
