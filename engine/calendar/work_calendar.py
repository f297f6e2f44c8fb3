"""Reckons in working time: which days are worked, and when so much work has gone by."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.calendar.calendar_file import read_calendar_file
from engine.calendar.errors import CalendarError
from engine.calendar.shifts import Shift
from engine.calendar.spans import Spans, moment_at, ticks
from engine.calendar.year_table import YearTable, shipped_tables

FIRST_YEAR, LAST_YEAR = 1970, 2199  #: Bounds the memory that odd dates can ask for.
_HOUR = 3_600_000_000  #: Ticks.
_ONE_DAY = timedelta(1)


@dataclass(frozen=True)
class WorkCalendar:
    """Shifts on weekdays, the published holidays, and a policy's own exceptions.

    It is not changed after it is made; threads may share it. Moments must be aware;
    those returned are in the calendar's zone.
    """

    zone: ZoneInfo
    shifts: tuple[Shift, ...]
    weekdays: frozenset[int]  #: ISO numbers, Monday is 1.
    years: Mapping[int, YearTable]
    days: Mapping[date, tuple[Shift, ...]]  #: The policy's own; an empty one is free.
    keeps_holidays: bool = True
    _spans: dict[int, Spans] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def from_toml(
        cls, text: str, *, years: Mapping[int, YearTable] | None = None
    ) -> "WorkCalendar":
        """Return the calendar that a calendar.toml says.

        Args:
            text: Its content; an empty one gives an office's usual week in China.
            years: The published tables; those that come with the program unless given.

        Raises:
            CalendarError: If it says no calendar.
        """
        said = read_calendar_file(text)
        return cls(
            zone=said.zone,
            shifts=said.shifts,
            weekdays=said.weekdays,
            years=shipped_tables() if years is None else years,
            days=said.days,
            keeps_holidays=said.keeps_holidays,
        )

    def with_years(self, years: Mapping[int, YearTable]) -> "WorkCalendar":
        """Return a calendar that knows *years* too."""
        return replace(self, years={**self.years, **years})

    def is_provisional(self, moment: datetime) -> bool:
        """Tell whether the holidays of the moment's year are still to be published."""
        year = self._local(moment).year
        return self.keeps_holidays and year not in self.years

    def is_working_day(self, day: date) -> bool:
        """Tell whether anything is worked on *day*."""
        return bool(self.shifts_on(day))

    def shifts_on(self, day: date) -> tuple[Shift, ...]:
        """Return the hours of *day*, none when it is free."""
        if day in self.days:
            return self.days[day]
        table = self.years.get(day.year) if self.keeps_holidays else None
        if table is not None and (day in table.off or day in table.work):
            return self.shifts if day in table.work else ()
        return self.shifts if day.isoweekday() in self.weekdays else ()

    def day_length(self) -> timedelta:
        """Return how much is worked on an ordinary day."""
        return timedelta(minutes=sum(shift.end - shift.begin for shift in self.shifts))

    def add_working_hours(self, start: datetime, hours: Decimal | int) -> datetime:
        """Return the moment by which *hours* have been worked from *start*.

        None at all gives the next moment of work; a negative number goes back.

        Raises:
            CalendarError: If that lies beyond the years a calendar reckons with.
        """
        amount = int(Decimal(hours) * _HOUR)
        year, at = self._place(start)
        if amount > 0:
            found = self._forward(year, self._year(year).worked_until(at) + amount)
        elif amount == 0:
            found = self._onward(year, at)
        else:
            found = self._backward(year, self._year(year).worked_until(at) + amount)
        return moment_at(found).astimezone(self.zone)

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """Return the same time of day *days* working days on, moved into that day's hours.

        The day of *start* does not count. In a break the next shift's begin is meant,
        before work its begin, after work its end.
        """
        local = self._local(start)
        day, step = local.date(), _ONE_DAY if days >= 0 else -_ONE_DAY
        left = abs(days)
        while left or not self.is_working_day(day):
            day += step
            self._bounded(day.year)
            left -= left > 0 and self.is_working_day(day)
        wished = datetime.combine(day, local.time(), self.zone)
        hours = [shift.on(day, self.zone) for shift in self.shifts_on(day)]
        for begin, end in hours:
            if wished <= end:
                return max(wished, begin)
        return hours[-1][1]

    def working_time_between(self, a: datetime, b: datetime) -> timedelta:
        """Return the working time from *a* to *b*, negative where *b* is earlier."""
        if b < a:
            return -self.working_time_between(b, a)
        (first, begin), (last, end) = self._place(a), self._place(b)
        worked = self._year(last).worked_until(end) - self._year(first).worked_until(begin)
        worked += sum(self._year(year).total for year in range(first, last))
        return timedelta(microseconds=worked)

    def next_day_of_month(self, start: datetime, day: int) -> datetime:
        """Return the same time of day on the first later date that is the month's *day*-th.

        In a shorter month its last day is meant. Holidays do not move it.

        Raises:
            CalendarError: If there is no such day in any month.
        """
        if not 1 <= day <= 31:
            raise CalendarError(
                "Expected a day of the month, 1 to 31, but got {day}.", day=day
            )
        local = self._local(start)
        found = _in_month(local.year, local.month, day)
        if found <= local.date():
            found = _in_month(local.year + local.month // 12, local.month % 12 + 1, day)
        return datetime.combine(found, local.time(), self.zone)

    def _forward(self, year: int, goal: int) -> int:
        while goal > self._year(year).total:
            goal -= self._year(year).total
            year += 1
        return self._year(year).earliest(goal)

    def _backward(self, year: int, goal: int) -> int:
        while goal < 0:
            year -= 1
            goal += self._year(year).total
        return self._year(year).latest(goal)

    def _onward(self, year: int, at: int) -> int:
        worked = self._year(year).worked_until(at)
        while worked >= self._year(year).total:
            year, worked = year + 1, 0
        return max(at, self._year(year).latest(worked))

    def _place(self, moment: datetime) -> tuple[int, int]:
        return self._local(moment).year, ticks(moment)

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise CalendarError(
                "Expected a moment with a time zone, but {moment} has none.",
                moment=moment.isoformat(),
            )
        self._bounded(moment.year)
        return moment.astimezone(self.zone)

    def _year(self, year: int) -> Spans:
        # Two threads may build the same year; what they build is equal.
        known = self._spans.get(year)
        if known is None:
            self._bounded(year)
            known = self._spans[year] = self._build(year)
        return known

    def _bounded(self, year: int) -> None:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CalendarError(
                "Expected working time between {first} and {last}, but it reaches {year}.",
                first=FIRST_YEAR,
                last=LAST_YEAR,
                year=year,
            )

    def _build(self, year: int) -> Spans:
        opens = ticks(datetime.combine(date(year, 1, 1), time(), self.zone))
        closes = ticks(datetime.combine(date(year + 1, 1, 1), time(), self.zone))
        day = date(year - 1, 12, 31)  # Its night shift may reach into this year.
        pairs = []
        while day.year <= year:
            for shift in self.shifts_on(day):
                begin, end = (ticks(moment) for moment in shift.on(day, self.zone))
                if max(begin, opens) < min(end, closes):
                    pairs.append((max(begin, opens), min(end, closes)))
            day += _ONE_DAY
        return Spans(pairs)


def _in_month(year: int, month: int, day: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day, (following - _ONE_DAY).day))
