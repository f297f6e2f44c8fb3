"""Where a case stands, as the engine would take it up."""

from engine.bpmn import Execution, Saved
from engine.model import Variables
from engine.store.models import Case, SavedExecution
from engine.store.reading import Reading


def case_variables(reading: Reading, case: Case, token: str | None = None) -> Variables:
    """Return the variables of *case*, or what the element at *token* sees."""
    row = reading.session.get_one(SavedExecution, case.id)
    saved = Saved(state=row.state, variables=row.variables)
    definitions = reading.loaded(case.deployment_id).definitions
    execution = Execution.load(definitions, saved)
    return execution.variables if token is None else execution.visible(token)
