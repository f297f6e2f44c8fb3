"""The list of cases, and the search in it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    exists,
    func,
    select,
)

from engine.queries.search.seen import newest
from engine.queries.search.words import MOST_HITS, hits, phrases_in
from engine.queries.showing.listing import MOST, PAGE, Order, Page, counted_to, page_among
from engine.queries.showing.masking import shown_heads, without_guesses
from engine.queries.showing.names import people_names, unit_names
from engine.queries.showing.urgency import DueTime, due_time
from engine.queries.tasks.offers import IS_OPEN
from engine.store.models import Case, Incident, MaskedHead, Policy, Task, Unit
from engine.store.reading import Reading
from engine.store.urgency import urgency_at
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
    due: DueTime | None  #: Of the open task that is due first.
    started_at: datetime
    started_by: str
    ended_at: datetime | None
    is_confidential: bool = False


@dataclass(frozen=True, slots=True)
class CasesView:
    """A page of cases, and what one can narrow it to."""

    page: Page[ListedCase]
    policies: Mapping[str, str]
    units: Mapping[str, str]
    is_partial: bool  #: Whether only the newest of many that have the words were looked at.


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
        """Return the page, the newest first unless sorted otherwise.

        Of more cases than `MOST` the newest are listed, however they are sorted.
        """
        known = counted_to(self.page, self.size, is_sorted=self.sort != "-started")
        found = hits(reading.session, self.text)
        ids = self._listed(reading, found, known + 1)

        def show(listed: Sequence[int], size: int, before: int) -> Sequence[ListedCase]:
            return _lines(_sorted(reading, listed, self.sort, size, before), reading)

        return CasesView(
            page=page_among(ids, known, self.page, show, size=self.size),
            is_partial=found is not None and len(found) >= MOST_HITS,
            policies=_policies(reading),
            units=_units(reading),
        )

    def _listed(
        self, reading: Reading, found: Sequence[int] | None, most: int
    ) -> Sequence[int]:
        """Return at most so many that the person may see: of those *found*, or of all."""
        filters, troubled = self._filters(reading), self._troubled(reading)
        if found is not None:
            some = [each for each in found if troubled is None or each in troubled]
            seen = _seen_of(reading, some, filters)
            return without_guesses(reading, seen, phrases_in(self.text) or ())[:most]
        if troubled is not None:
            return _seen_of(reading, troubled, filters)[:most]
        return newest(reading, most, filters)

    def _troubled(self, reading: Reading) -> frozenset[int] | None:
        """Return the cases that are late, or stopped, where only those are asked for."""
        if self.state == "overdue":
            chosen = _overdue(reading.now)
        elif self.state == "incident":
            chosen = _stopped()
        else:
            return None
        return frozenset(each for each in reading.session.scalars(chosen) if each)

    def _filters(self, reading: Reading) -> list[ColumnElement[bool]]:
        filters: list[ColumnElement[bool]] = []
        if self.state in STATES:
            filters.append(Case.state == self.state)
        if self.policy:
            filters.append(Case.policy_key == self.policy)
        if self.unit:
            filters.append(Case.unit == self.unit)
        if self.is_mine:
            filters.append(Case.started_by == reading.actor.login)
        return filters


def _seen_of(
    reading: Reading, ids: Collection[int], filters: Sequence[ColumnElement[bool]]
) -> Sequence[int]:
    """Return those of some hundred cases that the person may see, the newest first."""
    if not ids:
        return ()
    # Written out: a few hundred numbers are read faster than they are handed over.
    some: BindParameter[Sequence[int]] = bindparam(
        "ids", list(ids), expanding=True, literal_execute=True
    )
    chosen = select(Case.id).where(Case.id.in_(some), may_see(reading.actor), *filters)
    return reading.session.scalars(chosen.order_by(Case.id.desc())).all()


def _overdue(now: datetime) -> Select[int | None]:
    """Return the cases of the tasks that are overdue, the most urgent first."""
    late = select(Task.case_id).where(IS_OPEN, Task.urgency < urgency_at(now))
    return late.order_by(Task.urgency).limit(MOST)


def _stopped() -> Select[int | None]:
    """Return the cases with an open incident, the last first."""
    stopped = select(Incident.case_id).where(
        Incident.state == "open", Incident.case_id.is_not(None)
    )
    return stopped.order_by(Incident.opened_at.desc()).limit(MOST)


def _sorted(
    reading: Reading, ids: Sequence[int], sort: str, size: int, before: int
) -> Sequence[Case]:
    if sort in _SORTED:
        chosen = (
            select(Case)
            .outerjoin(MaskedHead, MaskedHead.case_id == Case.id)
            .where(Case.id.in_(ids))
            .order_by(_SORTED[sort], Case.id.desc())
        )
        page = reading.session.scalars(chosen.limit(size).offset(before)).all()
    else:
        ordered = ids[::-1] if sort == "started" else ids
        shown = ordered[before : before + size]
        found = reading.session.scalars(select(Case).where(Case.id.in_(shown)))
        page = sorted(found, key=lambda case: shown.index(case.id))
    return page


_COLUMNS = {
    "number": Case.number,
    "updated": Case.updated_at,
    # By what all may see of it: an order tells of what is masked, too.
    "customer": func.coalesce(MaskedHead.customer, Case.customer, ""),
}
_SORTED: Mapping[str, Order] = {
    **{name: column.asc() for name, column in _COLUMNS.items()},
    **{f"-{name}": column.desc() for name, column in _COLUMNS.items()},
}


def _policies(reading: Reading) -> Mapping[str, str]:
    found = reading.session.execute(select(Policy.key, Policy.title).order_by(Policy.title))
    return dict(found.all())


def _units(reading: Reading) -> Mapping[str, str]:
    """Return the units that any case belongs to."""
    chosen = select(Unit.key, Unit.name).where(exists().where(Case.unit == Unit.key))
    return dict(reading.session.execute(chosen.order_by(Unit.name)).all())


def _lines(cases: Sequence[Case], reading: Reading) -> Sequence[ListedCase]:
    ids = [case.id for case in cases]
    waits_for, first_due = _waiting(reading, ids)
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
    heads = shown_heads(reading, cases)
    due = {case.id: _due(reading, case, first_due.get(case.id)) for case in cases}
    return [
        ListedCase(
            id=case.id,
            number=case.number,
            title=heads[case.id].title,
            customer=heads[case.id].customer,
            policy=policies.get(case.policy_key, case.policy_key),
            unit=units.get(case.unit or ""),
            state=case.state,
            waits_for=tuple(waits_for[case.id]),
            has_incident=case.id in stopped,
            is_overdue=_is_late(due[case.id]),
            due=due[case.id],
            started_at=case.started_at,
            started_by=people[case.started_by],
            ended_at=case.ended_at,
            is_confidential=case.confidential,
        )
        for case in cases
    ]


#: When a task is due, and from when on that is soon.
_Due = tuple[datetime, datetime | None]


def _due(reading: Reading, case: Case, first: _Due | None) -> DueTime | None:
    if first is None:
        return None
    return due_time(*first, reading.now, reading.loaded(case.deployment_id).calendar)


def _is_late(due: DueTime | None) -> bool:
    return due is not None and due.urgency == "late"


def _waiting(
    reading: Reading, ids: Sequence[int]
) -> tuple[Mapping[int, Sequence[str]], Mapping[int, _Due]]:
    """Return the names of the open tasks of each case, and when the first is due."""
    chosen = select(Task.case_id, Task.name, Task.due, Task.warn).order_by(Task.id)
    names: dict[int, list[str]] = {case_id: [] for case_id in ids}
    first: dict[int, _Due] = {}
    for case_id, name, due, warn in reading.session.execute(
        chosen.where(Task.case_id.in_(ids), Task.state == "open")
    ):
        if name not in names[case_id]:
            names[case_id].append(name)
        if due is not None and (case_id not in first or due < first[case_id][0]):
            first[case_id] = (due, warn)
    return names, first
