"""An office through a year: complaints come, people work, the machine does its part."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from engine.commands.jobs.lifecycle import FailJob, FinishJob, TakeJob
from engine.commands.ledger.closings import CloseMonth
from engine.commands.operations.dispatch import command_of
from engine.commands.telling.notices import ReadNotices
from engine.model import SYSTEM, CaseId, EngineError, Rejected
from engine.queries.progress.office import LookRound, OwedJob, UnreadBefore, WorkOf
from engine.reckoning.months import month_of, moved
from engine.reports.closing import closes_from
from engine.simulation.year.arrivals import arrivals
from engine.simulation.year.beginning import begin
from engine.simulation.year.desk import Desk
from engine.simulation.year.phrases import customer
from engine.simulation.year.walk import Walk
from engine.simulation.year.working import planned

_READING = timedelta(days=7)  #: People look through what was written to them.
_OPENS = 10  #: The hour at which months are closed.
_FOREVER = 400_000  #: Events; more are a loop of timers.

Action = Callable[[], None]


class Office:
    """Plays one policy from one moment to another.

    Args:
        desk: What people have at hand there.
        span: The first and the last moment.
    """

    def __init__(self, desk: Desk, span: tuple[datetime, datetime]) -> None:
        self._desk, self._engine, self._clock = desk, desk.engine, desk.clock
        self._settings, self._calendar = desk.policy.settings, desk.policy.calendar
        self._begin, self._end = span
        self._walks: dict[CaseId, Walk] = {}
        self._newest = 0
        self._seen: CaseId | None = None  #: The case that something happened in.
        self._events: list[tuple[datetime, int, Action]] = []
        self._order = count()
        self.cases = 0

    def run(self, told: Callable[[float, int], None]) -> None:
        """Let the year pass; *told* how much of it has, from 0 to 1, and how many cases."""
        self._plan()
        for number in range(_FOREVER):
            if number % 50 == 0:
                told(self._gone(), self.cases)
            job = self._look_round()
            event = self._events[0][0] if self._events else self._end
            if job is not None and job.due_at <= min(event, self._end):
                self._clock.set(max(self._clock.now(), job.due_at))
                self._run_job(job.id)
                self._look_at(job.case_id)
                continue
            if not self._events or event > self._end:
                break
            moment, _, action = heapq.heappop(self._events)
            self._clock.set(max(self._clock.now(), moment))
            action()
        self._clock.set(self._end)
        told(1.0, self.cases)

    def at(self, moment: datetime, action: Action) -> None:
        """Let something happen at a moment that is to come."""
        heapq.heappush(self._events, (moment, next(self._order), action))

    def _gone(self) -> float:
        return (self._clock.now() - self._begin) / (self._end - self._begin)

    def _plan(self) -> None:
        monthly = self._settings.demo.monthly
        for moment in arrivals(
            self._calendar, self._begin, self._end, monthly, self._desk.chance
        ):
            self.at(moment, self._arrive)
        moment = self._begin + _READING
        while moment < self._end:
            self.at(moment, self._read_notices)
            moment += _READING
        if self._settings.ledger is not None:
            self._plan_closings()

    def _plan_closings(self) -> None:
        ledger, zone = self._settings.ledger, self._calendar.zone
        assert ledger is not None
        month = month_of(self._begin.astimezone(zone).date())
        while True:
            day = closes_from(ledger, month)
            while not self._calendar.is_working_day(day):
                day += timedelta(days=1)
            moment = datetime(day.year, day.month, day.day, _OPENS, tzinfo=zone)
            if moment > self._end:
                return
            self.at(moment, self._closing(month))
            month = moved(month, 1)

    def _closing(self, month: str) -> Action:
        ledger = self._settings.ledger
        keepers = [
            person
            for role in (ledger.readers if ledger else ())
            for person in self._desk.staff.holders(role)
        ]

        def close() -> None:
            by = keepers[0] if keepers else SYSTEM
            self._engine.run(CloseMonth(self._settings.key, month), by=by)

        return close

    def _read_notices(self) -> None:
        """Let people read what was written to them, but for the last days."""
        before = self._clock.now() - timedelta(days=1)
        for login, notices in self._engine.ask(UnreadBefore(before), by=SYSTEM):
            person = self._desk.staff.called(login)
            if person is not None:
                self._engine.run(ReadNotices(notices), by=person)

    def _arrive(self) -> None:
        face = customer(self._desk.chance)
        begun = begin(self._desk, face, self._gone())
        if begun is not None:
            self.cases += 1
            self._walks[begun.case_id] = begun
            self._look_at(begun.case_id)

    def _run_job(self, job_id: int) -> None:
        taken = self._engine.run(TakeJob(job_id), by=SYSTEM)
        if taken is None:
            return
        try:
            # Nothing leaves the house: what would be sent is withheld where it is written.
            self._engine.run(command_of(taken) or FinishJob(job_id), by=SYSTEM)
        except EngineError as error:
            failed = FailJob(job_id, error.sentence, permanent=True)
            self._engine.run(failed, by=SYSTEM)

    def _look_round(self) -> OwedJob | None:
        """Return what the machine does next; cases that came out of others are planned."""
        glance = self._engine.ask(LookRound(self._newest), by=SYSTEM)
        for new in glance.new:
            self._newest = max(self._newest, new.id)
            if new.id not in self._walks:
                self.cases += 1
                parent = self._walks.get(self._seen) if self._seen else None
                if parent is None or new.opened_from is None:
                    walk = Walk(new.id, customer(self._desk.chance))
                else:
                    walk = Walk(new.id, parent.face, parent.rest())
                self._walks[new.id] = walk
                self._plan_case(walk)
        return glance.job

    def _look_at(self, case_id: CaseId | None) -> None:
        """Plan what is to be done next in a case."""
        self._seen = case_id
        walk = None if case_id is None else self._walks.get(case_id)
        if walk is not None:
            self._plan_case(walk)

    def _plan_case(self, walk: Walk) -> None:
        work = self._engine.ask(WorkOf(walk.case_id), by=SYSTEM)
        for moment, deed in planned(self._desk, walk, work, self._gone()):
            self.at(moment, self._doing(walk, deed))

    def _doing(self, walk: Walk, deed: Action) -> Action:
        def do() -> None:
            try:
                deed()
            except Rejected:
                return  # Somebody or something was faster, as happens in an office.
            self._look_at(walk.case_id)

        return do
