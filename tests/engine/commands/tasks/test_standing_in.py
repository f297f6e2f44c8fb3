"""Who does a task when those whom the diagram names must keep away from it."""

from engine.commands.cases.lifecycle import CorrectVariable, StartCase
from engine.commands.people.units import GrantRole
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.store.models import Incident, Task, TaskCandidate
from tests.engine.commands.conftest import ENTERED, FOUND, waiting
from tests.engine.commands.knowing import rows

ABOUT_THE_HEAD = ENTERED | {"personComplainedOf": "zhao"}


def offered(engine, element):
    task = waiting(engine, element)
    return [
        (each.role, each.unit)
        for each in rows(engine, TaskCandidate, TaskCandidate.task_id == task)
    ]


def test_a_task_left_to_the_person_complained_of_goes_to_the_role_above(deployed, who):
    deployed.run(GrantRole(who("wu").person_id, "clerk", None), by=who("root"))
    deployed.run(StartCase("minimal", "complaint", ABOUT_THE_HEAD), by=who("lin"))

    deployed.run(CompleteTask(waiting(deployed, "investigate"), FOUND), by=who("lin"))

    assert offered(deployed, "approve") == [("clerk", None)]
    assert rows(deployed, Incident) == []


def test_a_task_stays_where_somebody_else_holds_the_role(deployed, who, investigate):
    deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))

    assert offered(deployed, "approve") == [("head", "north")]


def test_it_is_an_incident_when_those_above_must_keep_away_as_well(deployed, who):
    deployed.run(StartCase("minimal", "complaint", ABOUT_THE_HEAD), by=who("lin"))

    deployed.run(CompleteTask(waiting(deployed, "investigate"), FOUND), by=who("lin"))

    [incident] = rows(deployed, Incident)  # The only clerk is who is looked at again.
    assert incident.kind == "routing"
    assert "all who hold it or lead those who do must keep away" in str(incident.sentence)
    assert offered(deployed, "approve") == [("head", "north")]


def test_naming_the_person_later_takes_the_task_away(deployed, who, case_id, approve):
    deployed.run(GrantRole(who("wu").person_id, "clerk", None), by=who("root"))
    deployed.run(ClaimTask(approve), by=who("zhao"))

    named = {"personComplainedOf": "zhao"}
    deployed.run(CorrectVariable(case_id, named), by=who("root"))

    assert offered(deployed, "approve") == [("clerk", None)]
    [task] = rows(deployed, Task, Task.id == approve)
    assert task.assignee is None
