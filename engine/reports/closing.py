"""Closed months: what is kept of them, and what has changed in the ledger since."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from sqlalchemy import select

from engine.model import Json
from engine.policy import PolicySettings
from engine.policy.sections.ledger import Ledger
from engine.reckoning.line import Line, Step
from engine.reckoning.months import Month, Period, first_day, moved
from engine.reckoning.selection import BASES, belongs
from engine.store.models import ClosedMonth
from engine.store.reading import Reading
from engine.store.values import canonical, dumps, loads

#: `ended`: it was open and is not any more. `changed`: something else differs, too.
Change = Literal["added", "gone", "ended", "changed"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A closed month as it was."""

    row: ClosedMonth
    lines: Sequence[Line]
    steps: Sequence[Step]

    @property
    def is_whole(self) -> bool:
        """Tell whether it is still what it was when it was closed."""
        packed = loads(self.row.rows)
        return digest_of(self.row.month, self.row.figures, packed) == self.row.digest


@dataclass(frozen=True, slots=True)
class Difference:
    """A case of a closed month that is not what it was."""

    kind: Change
    before: Line | None
    now: Line | None

    @property
    def line(self) -> Line:
        """The case as it is, or as it was where it is gone."""
        found = self.now or self.before
        assert found is not None
        return found


def kept_months(
    reading: Reading, policy_key: str, period: Period, *, demo: bool | None = None
) -> Mapping[Month, Kept]:
    """Return the closed months of a period; with *demo* those of demo cases, or no such."""
    rows = reading.session.scalars(
        select(ClosedMonth)
        .where(
            ClosedMonth.policy_key == policy_key,
            ClosedMonth.month >= period.first,
            ClosedMonth.month <= period.last,
            *([] if demo is None else [ClosedMonth.demo.is_(demo)]),
        )
        .order_by(ClosedMonth.month)
    )
    return {row.month: _kept(row) for row in rows}


def closes_from(ledger: Ledger, month: Month) -> date:
    """Return the day from which on a month can be closed."""
    return first_day(moved(month, 1)).replace(day=ledger.close_day)


def counted(lines: Sequence[Line], month: Month) -> list[Line]:
    """Return those of *lines* that any figure of *month* counts."""
    return [line for line in lines if any(belongs(line, month, each) for each in BASES)]


def fixed_columns(settings: PolicySettings) -> frozenset[str]:
    """Return the columns that are kept: none that a person could be known by.

    What can be erased later must not stand in what can never be changed.
    """
    columns = settings.ledger.columns if settings.ledger else ()
    counted = settings.statistics.columns if settings.statistics else frozenset()
    return frozenset(
        each.id
        for each in columns
        if each.id not in settings.personal_columns
        and (each.kind != "text" or each.id in counted)
    )


def packed(lines: Sequence[Line], steps: Sequence[Step], columns: frozenset[str]) -> Json:
    """Return lines, of each these *columns*, and steps as JSON."""
    return {
        "lines": [_line_json(it, columns) for it in lines],
        "steps": [_step_json(it) for it in steps],
    }


def digest_of(month: Month, figures: Json, rows: Json) -> str:
    """Return the sha256 of all that is kept of a month."""
    everything = {"month": month, "figures": figures, "rows": rows}
    return hashlib.sha256(canonical(loads(dumps(everything)))).hexdigest()


def differences(kept: Kept, present: Sequence[Line]) -> list[Difference]:
    """Return the cases that the month would count differently if it were closed now.

    A month of demo cases counts those alone, and any other counts none of them.
    """
    month, demo = kept.row.month, kept.row.demo
    before = {line.case_id: line for line in kept.lines}
    alike = [line for line in present if line.is_demo == demo]
    now = {line.case_id: line for line in counted(alike, month)}
    found = []
    for case_id in sorted(before.keys() | now.keys()):
        was, has_become = before.get(case_id), now.get(case_id)
        kind = _change(was, has_become)
        if kind is not None:
            found.append(Difference(kind, was, has_become))
    return found


def _change(before: Line | None, now: Line | None) -> Change | None:
    if before is None:
        return "added"
    if now is None:
        return "gone"
    if before == _alike(now, before):
        return None
    if before.state == "open" and now.state != "open":
        return "ended"
    return "changed"


def _alike(now: Line, before: Line) -> Line:
    """Return *now* with just the columns that were kept of it."""
    return replace(now, values={name: now.values.get(name) for name in before.values})


def _kept(row: ClosedMonth) -> Kept:
    rows = loads(row.rows)
    return Kept(
        row,
        [_line_from(each, demo=row.demo) for each in rows["lines"]],
        [_step_from(each) for each in rows["steps"]],
    )


def _line_json(line: Line, columns: frozenset[str]) -> Json:
    return {
        "case": line.case_id,
        "number": line.number,
        "openedOn": line.opened_on.isoformat(),
        "closedOn": line.closed_on and line.closed_on.isoformat(),
        "state": line.state,
        "values": {name: it for name, it in line.values.items() if name in columns},
        "solvedOnce": line.solved_once,
        "score": line.score,
        "reopened": line.reopened,
    }


def _line_from(told: dict[str, Json], *, demo: bool) -> Line:
    closed_on, score = told["closedOn"], told["score"]
    return Line(
        case_id=told["case"],
        number=told["number"],
        opened_on=date.fromisoformat(told["openedOn"]),
        closed_on=date.fromisoformat(closed_on) if closed_on else None,
        state=told["state"],
        values=told["values"],
        solved_once=told["solvedOnce"],
        score=None if score is None else Decimal(score),
        reopened=told["reopened"],
        is_demo=demo,
    )


def _step_json(step: Step) -> Json:
    return {
        "task": step.task_id,
        "case": step.case_id,
        "number": step.number,
        "name": step.name,
        "element": step.element,
        "person": step.person,
        "unit": step.unit,
        "dueOn": step.due_on.isoformat(),
        "kept": step.is_kept,
        "late": step.late_minutes,
        "open": step.is_open,
    }


def _step_from(told: dict[str, Json]) -> Step:
    return Step(
        task_id=told["task"],
        case_id=told["case"],
        number=told["number"],
        name=told["name"],
        element=told["element"],
        person=told["person"],
        unit=told["unit"],
        due_on=date.fromisoformat(told["dueOn"]),
        is_kept=told["kept"],
        late_minutes=told["late"],
        is_open=told["open"],
    )
