"""The facts about a case that every expression may read besides its variables."""

from zoneinfo import ZoneInfo

from sqlalchemy import select

from engine.feel import Context, working_time_functions
from engine.forms import Form, FormContext
from engine.model import Json, Variables
from engine.policy import LoadedPolicy
from engine.store.models import Case, Membership, Person, Task, Unit
from engine.store.reading import Reading
from engine.store.taken_back import taken_back

COMPLETIONS = "completions"  #: The name of the fact that says who did which step.


def case_facts(case: Case, policy: LoadedPolicy) -> Variables:
    """Return the facts that processes, tables and letters may read."""
    started_at = case.started_at.astimezone(ZoneInfo(policy.settings.zone))
    return {
        "case": {
            "number": case.number,
            "title": case.title,
            "policy": case.policy_key,
            "startedAt": started_at.isoformat(),
            "startedBy": case.started_by,
            "startedUnit": case.started_unit,
            "openedFrom": case.opened_from,
        }
    }


def carried_facts(reading: Reading, case: Case, policy: LoadedPolicy) -> Variables:
    """Return the facts that the expressions of *policy* read while a case goes on.

    The directory, and who did which step, are looked up only for a policy whose diagrams
    or tables read them.
    """
    facts = case_facts(case, policy)
    if "directory" in policy.reads:
        facts = {**facts, "directory": directory(reading)}
    if COMPLETIONS in policy.reads:
        facts = {**facts, COMPLETIONS: completions(reading, case)}
    return facts


def completions(reading: Reading, case: Case) -> Json:
    """Return who completed which step last, and when, by the id of its element.

    Steps that the case was sent back past are not there until they are done again.
    """
    reading.session.flush()
    done = reading.session.execute(
        select(Task.id, Task.element_id, Task.completed_by, Task.ended_at, Person.name)
        .outerjoin(Person, Person.login == Task.completed_by)
        .where(Task.case_id == case.id, Task.state == "completed")
        .order_by(Task.ended_at, Task.id)
    )
    last = {row.element_id: row for row in done}
    gone = taken_back(reading, case)
    zone = ZoneInfo(reading.loaded(case.deployment_id).settings.zone)
    return {
        element: {
            "by": {"login": row.completed_by, "name": row.name or row.completed_by},
            "at": row.ended_at.astimezone(zone).isoformat(),
        }
        for element, row in last.items()
        if row.id not in gone
    }


def registrar(reading: Reading, unit: str | None) -> Json:
    """Return who is registering a complaint, in which unit, and what that belongs to."""
    found = None if unit is None else reading.session.get(Unit, unit)
    return {
        "login": reading.actor.login,
        "name": reading.actor.name,
        "unit": unit,
        "parent": None if found is None else found.parent,
    }


def directory(reading: Reading) -> Json:
    """Return the units and people there are, with the roles that people hold.

    They are read once for a question or a command.
    """
    if reading.directory is None:
        reading.directory = _directory(reading)
    return reading.directory


def _directory(reading: Reading) -> Json:
    held: dict[int, list[Json]] = {}
    for person_id, role, unit in reading.session.execute(_HELD):
        held.setdefault(person_id, []).append({"role": role, "unit": unit})
    return {
        "units": [
            {"key": key, "name": name, "kind": kind, "parent": parent}
            for key, name, kind, parent in reading.session.execute(_UNITS)
        ],
        "people": [
            {"login": login, "name": name, "roles": held.get(person_id, [])}
            for person_id, login, name in reading.session.execute(_PEOPLE)
        ],
    }


# Columns, not objects: a case may look them up at every step.
_UNITS = (
    select(Unit.key, Unit.name, Unit.kind, Unit.parent)
    .where(Unit.active)
    .order_by(Unit.key)
)
_PEOPLE = (
    select(Person.id, Person.login, Person.name).where(Person.active).order_by(Person.login)
)
_HELD = (
    select(Membership.person_id, Membership.role, Membership.unit)
    .join(Person, Person.id == Membership.person_id)
    .where(Person.active)
    .order_by(Membership.id)
)


def feel_context(reading: Reading, policy: LoadedPolicy) -> Context:
    """Return what FEEL of a policy may use: the moment, working time, the time zone."""
    return Context(
        now=reading.now,
        functions=working_time_functions(policy.calendar),
        zone=ZoneInfo(policy.settings.zone),
    )


def form_context(
    reading: Reading,
    policy: LoadedPolicy,
    variables: Variables,
    case: Case | None = None,
    language: str = "zh_CN",
    *,
    form: Form | None = None,
) -> FormContext:
    """Return what a form of a policy may read, of *case* or before there is one.

    The directory is looked up only for a *form* that reads it, or where none is named.
    """
    facts = {} if case is None else case_facts(case, policy)
    is_read = form is None or "directory" in form.reads
    people = {"directory": directory(reading)} if is_read else {}
    return FormContext(
        variables={**variables, **facts, **people},
        now=reading.now,
        zone=ZoneInfo(policy.settings.zone),
        functions=working_time_functions(policy.calendar),
        language=language,
    )
