"""How long people take in made-up cases: mostly less than they may, now and then more."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from engine.calendar import WorkCalendar

_HOUR = timedelta(hours=1)
_QUICK, _SLOW = 1.7, 2.6  #: Of a beta distribution: most is done in the first half.
_USUAL = 2.5  #: Working hours for what has no deadline, in the middle of all.
_SPREAD = 0.9
_LONGEST = 40.0  #: Working hours.
#: Working hours by which deadlines are missed on the average: at most, and at least, and
#: the part of what there was to do it in.
_LATE, _LATE_LEAST, _LATE_SHARE = 5.0, 0.3, 0.4
_AT_FIRST, _AT_LAST = 1.4, 0.6  #: How many times as much is late as on the average.
_SOON = 1.5  #: Working hours until something is done that is late already.


class Pace:
    """Draws when things are done.

    Args:
        calendar: Of the policy.
        late: Of a hundred deadlines, those that are missed.
        chance: Where the randomness comes from.
        late_units: The same of units that are not as the others.
    """

    def __init__(
        self,
        calendar: WorkCalendar,
        late: int,
        chance: Random,
        late_units: Mapping[str, int] | None = None,
    ) -> None:
        self._calendar = calendar
        self._late = late
        self._chance = chance
        self._late_units = late_units or {}

    def done_at(
        self, now: datetime, due: datetime | None, better: float, unit: str | None = None
    ) -> datetime:
        """Return when a task is done that waits since *now*.

        Args:
            now: The present moment.
            due: When it is due, if it is.
            better: How far the year has gone, from 0 to 1: less and less is late.
            unit: That does it, if it is a unit's task.
        """
        if due is None:
            hours = _USUAL * self._chance.lognormvariate(0, _SPREAD)
            return self.after(now, min(hours, _LONGEST))
        if due <= now:
            return self.after(now, self._chance.expovariate(1 / _SOON))
        room = self._calendar.working_time_between(now, due) / _HOUR
        late = self._late_units.get(unit or "", self._late) / 100
        if self._chance.random() < late * (_AT_FIRST - (_AT_FIRST - _AT_LAST) * better):
            mean = min(max(room * _LATE_SHARE, _LATE_LEAST), _LATE)
            return self.after(due, 0.1 + self._chance.expovariate(1 / mean))
        share = self._chance.betavariate(_QUICK, _SLOW)
        done = self.after(now, room * share)
        # What is due in the night or on a free day is done by those who are on duty then.
        return done if room > 0 and done < due else now + (due - now) * share

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
