"""The list of cases, and the search in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from engine.queries.listing import PAGE, Order, Page, contains, page_of
from engine.queries.names import people_names, unit_names
from engine.queries.search import matches
from engine.store.models import Case, Incident, Policy, Task
from engine.store.reading import Reading
from engine.store.visibility import may_see

STATES = ("open", "closed", "cancelled")


@dataclass(frozen=True, slots=True)
class ListedCase:
    """One line of the list of cases."""

    id: int
    number: str
    title: str
    customer: str | None
    policy: str
    unit: str | None
    state: str
    waits_for: tuple[str, ...]  #: Names of its open tasks.
    has_incident: bool
    is_overdue: bool
    started_at: datetime
    started_by: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class CasesView:
    """A page of cases, and what one can narrow it to."""

    page: Page[ListedCase]
    policies: Mapping[str, str]
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases that the asking person may see."""

    text: str = ""  #: A number, a customer, or words of what was written down.
    state: str = ""  #: open, closed, cancelled, overdue or incident.
    policy: str = ""
    unit: str = ""
    is_mine: bool = False  #: Only those that the person registered.
    sort: str = "-started"  #: started, number, updated or customer.
    page: int = 1
    size: int = PAGE

    def answer(self, reading: Reading) -> CasesView:
        """Return the page, the newest first unless sorted otherwise."""
        seen = select(Case).where(may_see(reading.actor))
        rows = seen.where(*self._filters(reading)).order_by(*_order(self.sort))
        return CasesView(
            page=page_of(
                reading, rows, self.page, lambda some: _lines(some, reading), size=self.size
            ),
            policies=_policies(reading),
            units=_units(reading, seen),
        )

    def _filters(self, reading: Reading) -> list[ColumnElement[bool]]:
        filters: list[ColumnElement[bool]] = [
            or_(contains(Case.number, word), matches(reading.session, word))
            for word in self.text.split()
        ]
        if self.state in STATES:
            filters.append(Case.state == self.state)
        if self.state == "overdue":
            filters.append(_has_overdue_task(reading.now))
        if self.state == "incident":
            filters.append(_has_open_incident())
        if self.policy:
            filters.append(Case.policy_key == self.policy)
        if self.unit:
            filters.append(Case.unit == self.unit)
        if self.is_mine:
            filters.append(Case.started_by == reading.actor.login)
        return filters


def _has_overdue_task(now: datetime) -> ColumnElement[bool]:
    return exists().where(Task.case_id == Case.id, Task.state == "open", Task.due < now)


def _has_open_incident() -> ColumnElement[bool]:
    return exists().where(Incident.case_id == Case.id, Incident.state == "open")


def _order(sort: str) -> list[Order]:
    columns = {
        "started": Case.started_at,
        "number": Case.number,
        "updated": Case.updated_at,
        "customer": func.coalesce(Case.customer, ""),
    }
    column = columns.get(sort.removeprefix("-"), Case.started_at)
    return [column.desc() if sort.startswith("-") else column.asc(), Case.id.desc()]


def _policies(reading: Reading) -> Mapping[str, str]:
    found = reading.session.execute(select(Policy.key, Policy.title).order_by(Policy.title))
    return dict(found.all())


def _units(reading: Reading, seen: Select[Case]) -> Mapping[str, str]:
    keys = reading.session.scalars(seen.with_only_columns(Case.unit).distinct())
    return unit_names(reading, keys)


def _lines(cases: Sequence[Case], reading: Reading) -> Sequence[ListedCase]:
    ids = [case.id for case in cases]
    tasks = reading.session.scalars(
        select(Task).where(Task.case_id.in_(ids), Task.state == "open").order_by(Task.id)
    ).all()
    stopped = set(
        reading.session.scalars(
            select(Incident.case_id).where(
                Incident.case_id.in_(ids), Incident.state == "open"
            )
        )
    )
    units = unit_names(reading, (case.unit for case in cases))
    people = people_names(reading, (case.started_by for case in cases))
    policies = _policies(reading)
    return [
        ListedCase(
            id=case.id,
            number=case.number,
            title=case.title,
            customer=case.customer,
            policy=policies.get(case.policy_key, case.policy_key),
            unit=units.get(case.unit or ""),
            state=case.state,
            waits_for=tuple(
                dict.fromkeys(task.name for task in tasks if task.case_id == case.id)
            ),
            has_incident=case.id in stopped,
            is_overdue=any(
                task.due is not None and task.due < reading.now
                for task in tasks
                if task.case_id == case.id
            ),
            started_at=case.started_at,
            started_by=people[case.started_by],
            ended_at=case.ended_at,
        )
        for case in cases
    ]
