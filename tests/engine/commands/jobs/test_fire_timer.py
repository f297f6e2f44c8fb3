import pytest

from engine.commands.jobs.lifecycle import FireTimer
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import SYSTEM, InvalidState, NotFound
from engine.store.models import Activity, Job, Task
from tests.engine.commands.conftest import FOUND
from tests.engine.commands.knowing import rows


@pytest.fixture
def timer(deployed, case_id):
    [job] = rows(deployed, Job, Job.kind == "timer")
    return job


def test_a_due_timer_moves_the_case_on(deployed, timer, clock):
    clock.move(hours=5)

    deployed.run(FireTimer(timer.id), by=SYSTEM)

    assert rows(deployed, Job, Job.id == timer.id)[0].state == "done"
    assert [row.element_id for row in rows(deployed, Activity)][-1] == "remind-head"
    assert [task.state for task in rows(deployed, Task)] == ["open"]


def test_it_fires_once(deployed, timer, clock):
    clock.move(hours=5)
    deployed.run(FireTimer(timer.id), by=SYSTEM)

    with pytest.raises(InvalidState, match="it is done"):
        deployed.run(FireTimer(timer.id), by=SYSTEM)


def test_it_does_not_fire_early(deployed, timer):
    with pytest.raises(InvalidState, match="to be due"):
        deployed.run(FireTimer(timer.id), by=SYSTEM)


def test_it_goes_with_the_task_that_it_watched(deployed, who, timer, investigate, clock):
    deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))
    clock.move(hours=5)

    with pytest.raises(InvalidState, match="it is cancelled"):
        deployed.run(FireTimer(timer.id), by=SYSTEM)


def test_it_refuses_an_unknown_job_and_one_that_is_no_timer(deployed, timer, clock):
    clock.move(hours=5)
    [overdue] = rows(deployed, Job, Job.kind == "overdue")

    with pytest.raises(NotFound):
        deployed.run(FireTimer(99), by=SYSTEM)
    with pytest.raises(InvalidState, match="kind timer, but it is overdue"):
        deployed.run(FireTimer(overdue.id), by=SYSTEM)
