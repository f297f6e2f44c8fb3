"""Does in a scenario what the customer does: complains, answers, judges afterwards."""

from engine.commands.cases.links import IssueLink
from engine.commands.outside.customers import (
    CompleteAsCustomer,
    StartPublicly,
    SubmitSurvey,
)
from engine.model import PUBLIC, SYSTEM, CaseId, TaskId, Variables
from engine.queries.customers.links import LinkToken
from engine.runtime import Engine
from engine.simulation.differences import Differs


def complain(engine: Engine, policy_key: str, process_id: str, values: Variables) -> CaseId:
    """File a complaint as the public does."""
    return engine.run(StartPublicly(policy_key, process_id, values), by=PUBLIC).case_id


def answer(engine: Engine, case_id: CaseId, task_id: TaskId, values: Variables) -> None:
    """Complete a task as the customer of a case."""
    token = _token(engine, case_id)
    engine.run(CompleteAsCustomer(token, task_id, values), by=PUBLIC)


def judge(engine: Engine, case_id: CaseId, values: Variables) -> None:
    """Answer the survey as the customer of a case."""
    engine.run(SubmitSurvey(_token(engine, case_id), values), by=PUBLIC)


def _token(engine: Engine, case_id: CaseId) -> str:
    """Return the token of the customer's link; who has none is given one by staff."""
    token = engine.ask(LinkToken(case_id), by=SYSTEM)
    if token is None:
        engine.run(IssueLink(case_id), by=SYSTEM)
        token = engine.ask(LinkToken(case_id), by=SYSTEM)
    if token is None:
        raise Differs("Expected the customer to have a link, but there is none.")
    return token
