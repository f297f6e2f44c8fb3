"""The facts about a case that every expression may read besides its variables."""

from zoneinfo import ZoneInfo

from sqlalchemy import select

from engine.feel import Context, working_time_functions
from engine.forms import FormContext
from engine.model import Json, Variables
from engine.policy import LoadedPolicy
from engine.store.models import Case, Person, Unit
from engine.store.reading import Reading


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
        }
    }


def directory(reading: Reading) -> Json:
    """Return the units and people that forms offer for choice."""
    units = reading.session.scalars(select(Unit).where(Unit.active).order_by(Unit.key))
    people = reading.session.scalars(
        select(Person).where(Person.active).order_by(Person.login)
    )
    return {
        "units": [
            {"key": unit.key, "name": unit.name, "kind": unit.kind, "parent": unit.parent}
            for unit in units
        ],
        "people": [{"login": person.login, "name": person.name} for person in people],
    }


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
) -> FormContext:
    """Return what a form of a policy may read, of *case* or before there is one."""
    facts = {} if case is None else case_facts(case, policy)
    return FormContext(
        variables={**variables, **facts, "directory": directory(reading)},
        now=reading.now,
        zone=ZoneInfo(policy.settings.zone),
        functions=working_time_functions(policy.calendar),
        language=language,
    )
