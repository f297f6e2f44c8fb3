"""The register of broken deadlines: who was late, where, by how much, and what was said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from engine.model import Actor
from engine.queries.deadlines.extensions import holds_place
from engine.queries.reports.found import visible_titles
from engine.queries.showing.listing import PAGE, Page, page_of
from engine.queries.showing.masking import veils_over
from engine.queries.showing.names import people_names, unit_names
from engine.reports.access import closes_months
from engine.store.models import Breach, BreachLeader, Case, Policy, Task
from engine.store.reading import Reading
from engine.store.visibility import WIDE_RIGHTS, open_to, read_policies

MOST_LINES = 10_000  #: Of a file.
NOBODY = "-"  #: Asks for what nobody had taken.
_MINUTE = timedelta(minutes=1)
_HOUR = Decimal(60)


@dataclass(frozen=True, slots=True)
class BrokenDeadline:
    """One line of the register."""

    id: int
    case_id: int
    case_number: str
    case_title: str | None  #: None where the case is not for this person.
    policy: str
    task_id: int
    task: str
    person: str | None  #: None: nobody had taken it.
    role: str
    unit: str
    due: datetime
    ended_at: datetime | None
    outcome: str | None  #: completed, cancelled or extended; None: still late.
    late_hours: Decimal  #: Working hours, to now where it is still late.
    reviewed_at: datetime | None
    reviewed_by: str | None
    remark: str
    may_review: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How often somebody was late, and by how much in all."""

    name: str
    count: int
    still: int  #: So many are late still.
    late_hours: Decimal  #: Working hours of those that have ended.
    reviewed: int


@dataclass(frozen=True, slots=True)
class RegisterView:
    """A page of the register, its figures, and what one can narrow it to."""

    page: Page[BrokenDeadline]
    by_person: tuple[Tally, ...]
    by_unit: tuple[Tally, ...]
    policies: Mapping[str, str]
    people: Mapping[str, str]
    units: Mapping[str, str]
    months: Sequence[str]


@dataclass(frozen=True, slots=True)
class RegisterAsked:
    """What the register is narrowed to; empty: to nothing."""

    policy: str = ""
    person: str = ""  #: A login, or `NOBODY`.
    unit: str = ""
    month: str = ""  #: ``2026-03``.
    reviewed: str = ""  #: yes or no.

    def filters(self) -> list[ColumnElement[bool]]:
        """Return the conditions on `Breach`."""
        found: list[ColumnElement[bool]] = []
        if self.policy:
            found.append(Breach.policy_key == self.policy)
        if self.person:
            nobody = self.person == NOBODY
            found.append(
                Breach.person.is_(None) if nobody else Breach.person == self.person
            )
        if self.unit:
            found.append(Breach.unit == self.unit)
        if self.month:
            found.append(Breach.month == self.month)
        if self.reviewed == "yes":
            found.append(Breach.reviewed_at.is_not(None))
        if self.reviewed == "no":
            found.append(Breach.reviewed_at.is_(None))
        return found


@dataclass(frozen=True, slots=True)
class BreachRegister:
    """Broken deadlines of those whom the asking person leads, and their own."""

    asked: RegisterAsked = RegisterAsked()
    page: int = 1
    size: int = PAGE

    def answer(self, reading: Reading) -> RegisterView:
        """Return the page, the latest first."""
        seen = _seen(reading)
        rows = _chosen(seen, self.asked)
        units = _choices(reading, seen, Breach.unit)
        people = _choices(reading, seen, Breach.person)
        return RegisterView(
            page=page_of(
                reading, rows, self.page, lambda some: lines(reading, some), size=self.size
            ),
            by_person=tallies(reading, self.asked, Breach.person, people_names),
            by_unit=tallies(reading, self.asked, Breach.unit, unit_names),
            policies=_policies(reading, _choices(reading, seen, Breach.policy_key)),
            people=people_names(reading, people),
            units=unit_names(reading, units),
            months=_choices(reading, seen, Breach.month)[::-1],
        )


def register_rows(reading: Reading, asked: RegisterAsked, most: int) -> Sequence[Breach]:
    """Return at most so many broken deadlines that the person sees, the latest first."""
    return reading.session.scalars(_chosen(_seen(reading), asked).limit(most)).all()


def lines(reading: Reading, rows: Sequence[Breach]) -> list[BrokenDeadline]:
    """Return lines of the register as the asking person sees them."""
    titles = visible_titles(reading, [row.case_id for row in rows])
    veils = veils_over(reading, (row.case_id for row in rows))
    logins = [login for row in rows for login in (row.person, row.reviewed_by)]
    people = people_names(reading, logins)
    units = unit_names(reading, (row.unit for row in rows))
    chosen = (
        select(Task.id, Task.name, Case.number, Case.deployment_id)
        .join(Case, Case.id == Task.case_id)
        .where(Task.id.in_([row.task_id for row in rows]))
    )
    tasks = {task.id: task for task in reading.session.execute(chosen)}
    led = _led(reading, rows)
    reading.meet_deployments(task.deployment_id for task in tasks.values())

    def line(row: Breach) -> BrokenDeadline:
        task = tasks[row.task_id]
        policy = reading.loaded(task.deployment_id)
        role = policy.roles.get(row.role or "")
        late = row.late_minutes
        if late is None:
            late = policy.calendar.working_time_between(row.due, reading.now) // _MINUTE
        return BrokenDeadline(
            id=row.id,
            case_id=row.case_id,
            case_number=task.number,
            case_title=titles.get(row.case_id),
            policy=policy.settings.title,
            task_id=row.task_id,
            task=task.name,
            person=people.get(row.person or ""),
            role=role.title if role else row.role or "",
            unit=units.get(row.unit or "", ""),
            due=row.due,
            ended_at=row.ended_at,
            outcome=row.outcome,
            late_hours=Decimal(late) / _HOUR,
            reviewed_at=row.reviewed_at,
            reviewed_by=people.get(row.reviewed_by or ""),
            remark=veils[row.case_id].text(row.remark or ""),
            may_review=row.reviewed_at is None
            and row.person != reading.actor.login
            and (row.id in led or closes_months(reading.actor, policy)),
        )

    return [line(row) for row in rows]


def tallies(
    reading: Reading,
    asked: RegisterAsked,
    column: ColumnElement[Any] | Any,
    named: Callable[[Reading, Sequence[str]], Mapping[str, str]],
) -> tuple[Tally, ...]:
    """Return the figures of the register by *column*, the most first."""
    chosen = (
        select(
            column,
            func.count(),
            func.count() - func.count(Breach.ended_at),
            func.coalesce(func.sum(Breach.late_minutes), 0),
            func.count(Breach.reviewed_at),
        )
        .where(_seen(reading), *asked.filters())
        .group_by(column)
        .order_by(func.count().desc(), column)
    )
    rows = reading.session.execute(chosen).all()
    names = named(reading, [key for key, *_ in rows if key is not None])
    return tuple(
        Tally(names.get(key, ""), count, still, Decimal(late) / _HOUR, reviewed)
        for key, count, still, late, reviewed in rows
    )


def _seen(reading: Reading) -> ColumnElement[bool]:
    """Return the condition that the person sees a line of the register."""
    actor = reading.actor
    seen = open_to(actor, Breach.case_id)
    if actor.rights & WIDE_RIGHTS:
        return seen
    ways = [Breach.person == actor.login, exists().where(*_leads(actor))]
    if kept := read_policies(reading, actor):
        ways.append(Breach.policy_key.in_(kept))
    return or_(*ways) & seen


def _leads(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    held = holds_place(actor, BreachLeader.role, BreachLeader.unit)
    return BreachLeader.breach_id == Breach.id, held


def _led(reading: Reading, rows: Sequence[Breach]) -> set[int]:
    """Return the ids of those that the person may look at, not as keeper of the ledger."""
    if reading.actor.rights & {"operate", "system"}:
        return {row.id for row in rows}
    chosen = select(Breach.id).where(Breach.id.in_([row.id for row in rows]))
    return set(
        reading.session.scalars(chosen.where(exists().where(*_leads(reading.actor))))
    )


def _chosen(seen: ColumnElement[bool], asked: RegisterAsked) -> Select[Breach]:
    found = select(Breach).where(seen, *asked.filters())
    return found.order_by(Breach.due.desc(), Breach.id.desc())


def _choices(
    reading: Reading, seen: ColumnElement[bool], column: ColumnElement[Any] | Any
) -> Sequence[str]:
    chosen = select(column).where(seen, column.is_not(None)).distinct()
    return reading.session.scalars(chosen.order_by(column)).all()


def _policies(reading: Reading, keys: Sequence[str]) -> Mapping[str, str]:
    chosen = select(Policy.key, Policy.title).where(Policy.key.in_(keys))
    return dict(reading.session.execute(chosen.order_by(Policy.title)).all())
