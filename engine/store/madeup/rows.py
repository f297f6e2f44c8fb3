"""Which rows of each table belong to demo cases."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Table, select

from engine.store.journal import DEMO
from engine.store.models import (
    Base,
    Breach,
    BreachLeader,
    Case,
    CaseLink,
    Chain,
    ClosedMonth,
    Draft,
    JournalLine,
    NumberSeries,
    Task,
)
from engine.store.numbers import DEMO_SERIES

_CASES = select(Case.id).where(Case.demo)
_TASKS = select(Task.id).where(Task.case_id.in_(_CASES))
_BREACHES = select(Breach.id).where(Breach.case_id.in_(_CASES))

#: Where the column `case_id` does not tell it.
_OTHERWISE: Mapping[Table, ColumnElement[bool]] = {
    Case.__table__: Case.__table__.c.demo,
    CaseLink.__table__: CaseLink.__table__.c.to_case.in_(_CASES),
    BreachLeader.__table__: BreachLeader.__table__.c.breach_id.in_(_BREACHES),
    Draft.__table__: Draft.__table__.c.task_id.in_(_TASKS),
    # A line that touched no case of its own lies in a chain of demo cases, too.
    JournalLine.__table__: JournalLine.__table__.c.stream.startswith(DEMO),
    Chain.__table__: Chain.__table__.c.stream.startswith(DEMO),
    NumberSeries.__table__: NumberSeries.__table__.c.policy_key.startswith(DEMO_SERIES),
    ClosedMonth.__table__: ClosedMonth.__table__.c.demo,
}


def demo_rows() -> Mapping[Table, ColumnElement[bool]]:
    """Return the condition by which each table has rows of demo cases.

    Tables are in the order in which their rows can be inserted. Those that have no such
    rows, of people, policies and the installation, are left out.
    """
    found: dict[Table, ColumnElement[bool]] = {}
    for table in Base.metadata.sorted_tables:
        if table in _OTHERWISE:
            found[table] = _OTHERWISE[table]
        elif "case_id" in table.c:
            found[table] = table.c.case_id.in_(_CASES)
    return found
