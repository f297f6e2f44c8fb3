"""Where a case stands, as the engine would take it up."""

from sqlalchemy import select

from engine.bpmn import Execution, Saved
from engine.model import Json, Variables
from engine.store.history import Flows
from engine.store.models import Case, SavedExecution, Task
from engine.store.reading import Reading
from engine.store.values import loads


def flows_taken(reading: Reading, case: Case) -> Flows:
    """Return how often *case* took each sequence flow, by process and by its id."""
    chosen = select(SavedExecution.flows).where(SavedExecution.case_id == case.id)
    flows: Flows = loads(reading.session.scalars(chosen).one())
    return flows


def case_variables(reading: Reading, case: Case, token: str | None = None) -> Variables:
    """Return the variables of *case*, or what the element at *token* sees."""
    row = reading.session.get_one(SavedExecution, case.id)
    saved = Saved(state=row.state, variables=row.variables)
    definitions = reading.loaded(case.deployment_id).definitions
    execution = Execution.load(definitions, saved)
    return execution.variables if token is None else execution.visible(token)


def all_variables(reading: Reading, case: Case) -> Variables:
    """Return the variables of *case*, with those that open steps alone see so far.

    Where steps see different values under one name, the case's own counts.
    """
    row = reading.session.get_one(SavedExecution, case.id)
    saved = Saved(state=row.state, variables=row.variables)
    definitions = reading.loaded(case.deployment_id).definitions
    execution = Execution.load(definitions, saved)
    chosen = select(Task.token).where(Task.case_id == case.id, Task.state == "open")
    local: dict[str, list[Json]] = {}
    for token in reading.session.scalars(chosen):
        for name, value in execution.visible(token).items():
            local.setdefault(name, []).append(value)
    agreed = {
        name: values[0]
        for name, values in local.items()
        if all(value == values[0] for value in values)
    }
    return {**execution.variables, **agreed}
