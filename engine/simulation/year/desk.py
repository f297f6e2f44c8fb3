"""What everybody in a simulated office has at hand."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from engine.model import Actor, Variables
from engine.policy.loaded import LoadedPolicy
from engine.runtime import Engine
from engine.simulation.clock import SimulatedClock
from engine.simulation.photos import with_files
from engine.simulation.year.entering import Entering, Face, timely
from engine.simulation.year.pace import Pace
from engine.simulation.year.scripts import Dated, Repertoire
from engine.simulation.year.staff import Staff


@dataclass(frozen=True, slots=True)
class Desk:
    """One policy in one database, its people, and what they know to do."""

    engine: Engine
    clock: SimulatedClock
    policy: LoadedPolicy
    staff: Staff
    repertoire: Repertoire
    entering: Entering
    pace: Pace
    chance: Random

    @property
    def today(self) -> date:
        """The present day where the policy is at home."""
        return self.clock.now().astimezone(self.policy.calendar.zone).date()

    def entered(
        self, dated: Dated, given: Variables, form_id: str | None, face: Face, better: float
    ) -> tuple[Variables, ...]:
        """Return what somebody enters: varied, and if that is refused, less and less so."""
        days, now = (self.today - dated.at.date()).days, self.clock.now()
        form = self.policy.forms.get(form_id) if form_id else None
        timely_given = timely(given, dated.at, now, days, self.policy.calendar)
        varied = self.entering.values(
            timely_given, form, days, face, self.chance, better=better
        )
        near = self.entering.plain(timely_given, days, face)
        there = self.entering.plain(timely_given, days, replace(face, places={}))
        plain = self.entering.plain(given, days, face)
        before = self.entering.plain(given, days - 1, face)
        return varied, near, there, plain, before

    def with_files(self, form_id: str | None, values: Variables, actor: Actor) -> Variables:
        """Return *values* with real files in place of those that are only named."""
        form = self.policy.forms.get(form_id) if form_id else None
        return with_files(self.engine, form, values, actor)
