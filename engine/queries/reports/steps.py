"""The steps behind a figure of the deadlines, as far as the person may see their cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine.queries.reports.found import visible_titles
from engine.queries.reports.periods import period_asked
from engine.queries.showing.listing import LARGEST_PAGE, PAGE, Page
from engine.queries.showing.names import people_names, unit_names
from engine.reckoning.line import Step
from engine.reckoning.months import month_of
from engine.reckoning.selection import StepSelection
from engine.reports.access import reads_ledger, refuse_stranger
from engine.reports.ledgers import policy_with_ledger, today
from engine.reports.making import books, default_period
from engine.store.reading import Reading

_MINUTES = Decimal(60)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step with its deadline."""

    case_id: int
    number: str
    title: str
    name: str
    person: str
    unit: str
    due_on: date
    is_kept: bool
    is_open: bool
    late_hours: Decimal  #: Working hours.


@dataclass(frozen=True, slots=True)
class StepsView:
    """A page of steps."""

    policy: str
    policy_title: str
    page: Page[StepRow]
    hidden: int
    selection: StepSelection
    reads_ledger: bool
    steps: Mapping[str, str]  #: Elements and names to narrow the list to.
    person: str  #: The names of who and what the list is narrowed to.
    unit: str


@dataclass(frozen=True, slots=True)
class StepList:
    """Steps whose deadlines fell into some months."""

    policy: str
    first: str = ""
    last: str = ""
    outcome: str = ""
    step: str = ""
    person: str | None = None
    unit: str | None = None
    page: int = 1
    size: int = PAGE

    def answer(self, reading: Reading) -> StepsView:
        """Return the page, the latest first.

        Raises:
            NotFound: If there is no such policy, or it keeps no ledger.
            NotAllowed: If the person may read nothing of it.
            InvalidValues: If the months are none.
        """
        policy, _ = policy_with_ledger(reading, self.policy)
        refuse_stranger(reading.actor, policy)
        now = month_of(today(reading, policy))
        period = period_asked(self.first, self.last, default_period("deadlines", now))
        outcome = self.outcome if self.outcome in ("kept", "broken") else ""
        selection = StepSelection(
            period.first, period.last, outcome, self.step, self.person, self.unit
        )
        every = books(reading, self.policy, period).steps
        chosen = [step for step in every if selection.takes(step)]
        titles = visible_titles(reading, [step.case_id for step in chosen])
        seen = [step for step in chosen if step.case_id in titles]
        seen.sort(key=lambda step: (-step.late_minutes, step.due_on, step.number))
        size = min(max(self.size, 1), LARGEST_PAGE)
        number = min(max(self.page, 1), max(1, -(-len(seen) // size)))
        shown = seen[(number - 1) * size : number * size]
        rows = tuple(_rows(reading, shown, titles))
        return StepsView(
            policy=self.policy,
            policy_title=policy.settings.title,
            page=Page(rows, len(seen), number, size),
            hidden=len(chosen) - len(seen),
            selection=selection,
            reads_ledger=reads_ledger(reading.actor, policy),
            steps={step.element: step.name for step in every},
            person=people_names(reading, [self.person]).get(self.person or "", ""),
            unit=unit_names(reading, [self.unit]).get(self.unit or "", ""),
        )


def _rows(reading: Reading, steps: list[Step], titles: Mapping[int, str]) -> list[StepRow]:
    logins, keys = {step.person for step in steps}, {step.unit for step in steps}
    people, units = people_names(reading, logins), unit_names(reading, keys)
    return [
        StepRow(
            case_id=step.case_id,
            number=step.number,
            title=titles[step.case_id],
            name=step.name,
            person=people.get(step.person, step.person),
            unit=units.get(step.unit, step.unit),
            due_on=step.due_on,
            is_kept=step.is_kept,
            is_open=step.is_open,
            late_hours=Decimal(step.late_minutes) / _MINUTES,
        )
        for step in steps
    ]
