"""How long people take in made-up cases: mostly less than they may, now and then more."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from engine.calendar import WorkCalendar

_HOUR = timedelta(hours=1)
_QUICK, _SLOW = 1.7, 2.6  #: Of a beta distribution: most is done in the first half.
_USUAL = 2.5  #: Working hours for what has no deadline, in the middle of all.
_SPREAD = 0.9
_LONGEST = 40.0  #: Working hours.
_LATE = 5.0  #: Working hours by which deadlines are missed, on the average.
_SOON = 3.0  #: Working hours until something is done that is late already.


class Pace:
    """Draws when things are done.

    Args:
        calendar: Of the policy.
        late: Of a hundred deadlines, those that are missed at the end of the year.
        chance: Where the randomness comes from.
    """

    def __init__(self, calendar: WorkCalendar, late: int, chance: Random) -> None:
        self._calendar = calendar
        self._late = late / 100
        self._chance = chance

    def done_at(self, now: datetime, due: datetime | None, better: float) -> datetime:
        """Return when a task is done that waits since *now*.

        Args:
            now: The present moment.
            due: When it is due, if it is.
            better: How far the year has gone, from 0 to 1: less and less is late.
        """
        if due is None:
            hours = _USUAL * self._chance.lognormvariate(0, _SPREAD)
            return self.after(now, min(hours, _LONGEST))
        room = self._calendar.working_time_between(now, due) / _HOUR
        if room <= 0:
            return self.after(max(now, due), self._chance.expovariate(1 / _SOON))
        if self._chance.random() < self._late * (2.0 - 1.3 * better):
            return self.after(due, 0.1 + self._chance.expovariate(1 / _LATE))
        share = self._chance.betavariate(_QUICK, _SLOW)
        done = self.after(now, room * share)
        return done if done < due else now + (due - now) * share

    def within(self, now: datetime, hours: float) -> datetime:
        """Return a moment in the next *hours* of working time."""
        return self.after(now, hours * self._chance.random())

    def after(self, now: datetime, hours: float) -> datetime:
        """Return the moment by which so many hours have been worked, to the minute."""
        wanted = Decimal(max(round(hours, 2), 0.02)).quantize(Decimal("0.01"))
        moment = self._calendar.add_working_hours(now, wanted)
        return max(now, moment.replace(second=self._chance.randrange(60), microsecond=0))

    def days_later(self, now: datetime, days: float) -> datetime:
        """Return a moment some *days* later, at whatever hour customers have time."""
        return now + timedelta(days=days * self._chance.uniform(0.3, 1.7))
