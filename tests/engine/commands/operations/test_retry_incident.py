import pytest

from engine.commands.cases.lifecycle import CancelCase, CorrectVariable, StartCase
from engine.commands.operations.incidents import RetryIncident
from engine.commands.people.units import GrantRole, RevokeRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import InvalidState, NotAllowed, NotFound
from engine.store.models import Case, Incident, Task, TaskCandidate
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting
from tests.engine.commands.knowing import rows


@pytest.fixture
def stopped(engine, who, minimal):
    """A case that stopped at a gateway, since its condition is no yes or no."""
    asking = changed(minimal, "complaint.bpmn", '=remedy = "replace"', "=costs &gt; 100")
    engine.run(DeployBundle(asking), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    engine.run(CompleteTask(waiting(engine, "investigate"), FOUND), by=who("lin"))
    return engine


def test_the_persons_own_work_is_kept(stopped):
    [task] = rows(stopped, Task)
    [incident] = rows(stopped, Incident)

    assert (task.state, task.completed_by) == ("completed", "lin")
    assert (incident.state, incident.element_id) == ("open", "is-replaced")
    assert rows(stopped, Case)[0].state == "open"


def test_after_correcting_a_variable_the_case_goes_on(stopped, who, clock):
    [incident] = rows(stopped, Incident)
    stopped.run(CorrectVariable(incident.case_id, {"costs": 500}), by=who("root"))

    stopped.run(RetryIncident(incident.id), by=who("root"))

    assert waiting(stopped, "approve")
    [resolved] = rows(stopped, Incident)
    assert (resolved.state, resolved.resolved_by) == ("resolved", "root")
    assert resolved.resolved_at == clock.now()


def test_what_is_still_wrong_opens_a_new_one(stopped, who):
    [incident] = rows(stopped, Incident)

    stopped.run(RetryIncident(incident.id), by=who("root"))

    assert [row.state for row in rows(stopped, Incident)] == ["resolved", "open"]


def test_only_operations_retries(stopped, who):
    [incident] = rows(stopped, Incident)

    with pytest.raises(NotAllowed):
        stopped.run(RetryIncident(incident.id), by=who("lin"))


def test_what_is_resolved_is_not_retried(stopped, who):
    [incident] = rows(stopped, Incident)
    stopped.run(RetryIncident(incident.id), by=who("root"))

    with pytest.raises(InvalidState, match="it is resolved"):
        stopped.run(RetryIncident(incident.id), by=who("root"))


def test_cancelling_the_case_resolves_it(stopped, who):
    [incident] = rows(stopped, Incident)

    stopped.run(CancelCase(incident.case_id, "重复登记"), by=who("root"))

    assert rows(stopped, Incident)[0].state == "resolved"


def test_it_refuses_an_unknown_incident(stopped, who):
    with pytest.raises(NotFound):
        stopped.run(RetryIncident(99), by=who("root"))


@pytest.fixture
def vacant(deployed, who, investigate):
    """A task whose role nobody holds in the unit of the case."""
    deployed.run(RevokeRole(who("zhao").person_id, "head", "north"), by=who("root"))
    deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))
    return deployed


def test_a_task_that_nobody_may_do_is_not_lost(vacant):
    task = waiting(vacant, "approve")

    [incident] = rows(vacant, Incident)
    assert (incident.kind, incident.task_id) == ("routing", task)
    assert "主管 in 北区营业所, but there is nobody" in str(incident.sentence)


def test_it_is_offered_anew_when_somebody_holds_the_role(vacant, who):
    vacant.run(GrantRole(who("wu").person_id, "head", "north"), by=who("root"))
    [incident] = rows(vacant, Incident)

    vacant.run(RetryIncident(incident.id), by=who("root"))

    assert [row.state for row in rows(vacant, Incident)] == ["resolved"]
    assert vacant.run(
        CompleteTask(waiting(vacant, "approve"), {"agreed": True}), by=who("wu")
    )


def test_a_unit_that_does_not_exist_leaves_the_task_to_all_who_hold_the_role(
    deployed, who, case_id, investigate
):
    deployed.run(CorrectVariable(case_id, {"branch": "moon"}), by=who("root"))

    deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))

    task = waiting(deployed, "approve")
    [candidate] = rows(deployed, TaskCandidate, TaskCandidate.task_id == task)
    assert (candidate.role, candidate.unit) == ("head", None)
    assert "moon is none" in str(rows(deployed, Incident)[0].sentence)
