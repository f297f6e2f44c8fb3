from datetime import timedelta

import pytest

from engine.commands.people.units import GrantRole
from engine.commands.tasks.lifecycle import ClaimTask, SetFollowUp
from engine.model import Conflict, NotAllowed, NotFound, TaskId
from engine.store.models import Task
from tests.engine.commands.knowing import rows


def follow_up(engine):
    return rows(engine, Task)[0].follow_up


def test_it_puts_a_task_off_and_takes_that_back(deployed, who, investigate, clock):
    later = clock.now() + timedelta(days=2)

    deployed.run(SetFollowUp(investigate, later), by=who("lin"))
    assert follow_up(deployed) == later

    deployed.run(SetFollowUp(investigate, None), by=who("lin"))
    assert follow_up(deployed) is None


def test_it_refuses_those_it_is_not_offered_to(deployed, who, investigate):
    with pytest.raises(NotAllowed):
        deployed.run(SetFollowUp(investigate, None), by=who("zhao"))


def test_it_refuses_what_somebody_else_took(deployed, who, investigate, clock):
    deployed.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
    deployed.run(ClaimTask(investigate), by=who("wu"))

    with pytest.raises(Conflict, match="吴旁人"):
        deployed.run(SetFollowUp(investigate, clock.now()), by=who("lin"))


def test_it_refuses_what_is_completed(deployed, who, investigate, approve):
    with pytest.raises(Conflict):
        deployed.run(SetFollowUp(investigate, None), by=who("lin"))


def test_it_refuses_an_unknown_task(deployed, who):
    with pytest.raises(NotFound):
        deployed.run(SetFollowUp(TaskId(99), None), by=who("lin"))
