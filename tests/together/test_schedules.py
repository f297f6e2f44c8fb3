"""A start by schedule and a change of the schedule at the same moment."""

from datetime import timedelta

import pytest

from engine.commands.jobs.schedules import StartScheduled
from engine.commands.policies.deployments import ActivateDeployment, DeployBundle
from engine.model import SYSTEM
from engine.store.models import Deployment, Job, Policy
from tests.engine.bpmn.models import cycle, diagram, end, flows, process, script, start
from tests.together.racers import Give
from tests.together.rapids import KEY, rapids

ROUNDS = 4

pytestmark = pytest.mark.xdist_group("together")


def every(hours: int):
    """Return the policy with a process that begins again and again."""
    bundle = rapids(title=f"每{hours}小时")
    ticking = process(
        "tick",
        start("ticks", cycle(f"R/PT{hours}H")),
        script("note", "= 1", "noted"),
        end("ticked"),
        flows("ticks", "note", "ticked"),
    )
    policy = bundle.files["policy.toml"] + b'\n[[start]]\nprocess = "tick"\nby = "schedule"'
    files = {**bundle.files, "tick.bpmn": diagram(ticking), "policy.toml": policy}
    return type(bundle)(bundle.key, files)


def test_the_schedule_of_the_active_deployment_is_what_goes_on(house, pair):
    root = house.who("root")
    for hours in (1, 5):
        house.engine.run(DeployBundle(every(hours)), by=root)
    _, hourly, slow = (each.id for each in house.rows(Deployment))
    hours = {hourly: 1, slow: 5}

    for _ in range(ROUNDS):
        house.clock.move(hours=6)
        [job] = _owed(house)
        [policy] = house.rows(Policy, Policy.key == KEY)
        [other] = {hourly, slow} - {policy.active_deployment_id}
        [(started, activated)] = pair.race(
            house.settings,
            house.clock.now(),
            [Give(StartScheduled(job.id), SYSTEM)],
            [Give(ActivateDeployment(other), root)],
        )

        assert activated.kind == "done"
        assert started.kind in ("done", "InvalidState")
        [owed] = _owed(house)
        assert owed.due_at == house.clock.now() + timedelta(hours=hours[other])
    assert house.faults() == []


def _owed(house) -> list[Job]:
    return list(house.rows(Job, Job.kind == "schedule", Job.state == "waiting"))
