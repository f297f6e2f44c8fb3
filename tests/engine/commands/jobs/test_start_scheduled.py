from datetime import UTC, datetime

import pytest

from engine.commands.jobs.schedules import StartScheduled
from engine.commands.policies.deployments import ActivateDeployment, DeployBundle
from engine.model import SYSTEM, DeploymentId, InvalidState, NotFound
from engine.policy import Bundle
from engine.store.models import Case, Job
from tests.engine.commands.conftest import changed, work
from tests.engine.commands.knowing import rows


@pytest.fixture
def monthly(minimal) -> Bundle:
    """The small policy with a process that begins on the first of each month at nine."""
    scheduled = changed(
        minimal,
        "complaint.bpmn",
        '<bpmn:message id="message-goods"',
        """<bpmn:process id="summary" name="月度小结" isExecutable="true">
            <bpmn:startEvent id="month-began" name="每月一日">
              <bpmn:outgoing>s1</bpmn:outgoing>
              <bpmn:timerEventDefinition id="monthly">
                <bpmn:timeCycle>0 9 1 * *</bpmn:timeCycle>
              </bpmn:timerEventDefinition>
            </bpmn:startEvent>
            <bpmn:userTask id="sum-up" name="编写小结">
              <bpmn:extensionElements>
                <zeebe:userTask />
                <zeebe:assignmentDefinition candidateGroups="clerk" />
              </bpmn:extensionElements>
              <bpmn:incoming>s1</bpmn:incoming>
              <bpmn:outgoing>s2</bpmn:outgoing>
            </bpmn:userTask>
            <bpmn:endEvent id="summed-up" name="已编写">
              <bpmn:incoming>s2</bpmn:incoming>
            </bpmn:endEvent>
            <bpmn:sequenceFlow id="s1" sourceRef="month-began" targetRef="sum-up" />
            <bpmn:sequenceFlow id="s2" sourceRef="sum-up" targetRef="summed-up" />
          </bpmn:process>
          <bpmn:message id="message-goods\"""",
    )
    policy = (
        scheduled.files["policy.toml"]
        + b'\n[[start]]\nprocess = "summary"\nby = "schedule"\n'
    )
    return Bundle(scheduled.key, {**scheduled.files, "policy.toml": policy})


def planned(engine):
    return [
        job.due_at
        for job in rows(engine, Job, Job.kind == "schedule", Job.state == "waiting")
    ]


def nine_on_the_first_of(month):
    return datetime(2026, month, 1, 1, tzinfo=UTC)  # Nine in Shanghai.


def test_deploying_plans_the_first_start(engine, who, monthly):
    engine.run(DeployBundle(monthly), by=who("root"))

    assert planned(engine) == [nine_on_the_first_of(4)]


def test_its_time_starts_a_case_and_plans_the_next(engine, who, monthly, clock):
    engine.run(DeployBundle(monthly), by=who("root"))
    clock.move(days=30)
    work(engine)

    [case] = rows(engine, Case)
    assert (case.process_id, case.started_by, case.number) == (
        "summary",
        "system",
        "JY-2604-0001",
    )
    assert planned(engine) == [nine_on_the_first_of(5)]


def test_months_that_were_slept_through_are_made_up_for(engine, who, monthly, clock):
    engine.run(DeployBundle(monthly), by=who("root"))
    clock.move(days=61)
    work(engine)

    assert len(rows(engine, Case)) == 2


def test_a_version_without_it_ends_the_plan(engine, who, monthly, minimal):
    engine.run(DeployBundle(monthly), by=who("root"))
    engine.run(DeployBundle(minimal), by=who("root"))
    assert planned(engine) == []

    engine.run(ActivateDeployment(DeploymentId(1)), by=who("root"))
    assert planned(engine) == [nine_on_the_first_of(4)]


def test_it_does_not_start_early_nor_twice(engine, who, monthly, clock):
    engine.run(DeployBundle(monthly), by=who("root"))
    [job] = rows(engine, Job, Job.kind == "schedule")
    with pytest.raises(InvalidState, match="to be due"):
        engine.run(StartScheduled(job.id), by=SYSTEM)

    clock.move(days=30)
    engine.run(StartScheduled(job.id), by=SYSTEM)
    with pytest.raises(InvalidState, match="it is done"):
        engine.run(StartScheduled(job.id), by=SYSTEM)


def test_it_refuses_an_unknown_job(engine):
    with pytest.raises(NotFound):
        engine.run(StartScheduled(99), by=SYSTEM)
