"""Starts a case at the moment that its schedule names."""

from datetime import timedelta

from engine.bpmn import Surroundings, next_start
from engine.commands.jobs.lifecycle import TakeJob
from engine.commands.jobs.schedules import StartScheduled
from engine.model import SYSTEM, CaseId
from engine.policy.loaded import LoadedPolicy
from engine.policy.scenario import Scenario
from engine.queries.progress.trace import ScheduledStart
from engine.runtime import Engine
from engine.simulation.differences import Differs

_A_MOMENT = timedelta(seconds=1)


def start_by_schedule(engine: Engine, policy: LoadedPolicy, scenario: Scenario) -> CaseId:
    """Start the scenario's case as the schedule does, and return it.

    Raises:
        Differs: If the schedule does not start the process at that moment.
    """
    planned = engine.ask(ScheduledStart(policy.settings.key, scenario.process), by=SYSTEM)
    if planned is None:
        raise Differs(
            "Expected {process} to start by schedule, but it does not; name who starts it.",
            process=scenario.process,
        )
    just_before = Surroundings(
        now=scenario.start - _A_MOMENT, calendar=policy.calendar, facts={}
    )
    due = next_start(policy.definitions, scenario.process, planned.element, just_before)
    if due != scenario.start:
        raise Differs(
            "Expected the schedule to start {process} at {expected}, but it is {due}.",
            process=scenario.process,
            expected=scenario.start.isoformat(timespec="minutes"),
            due=due.isoformat(timespec="minutes") if due else "-",
        )
    with engine.database.writing(scenario.start, SYSTEM) as tx:
        tx.job(planned.job_id).due_at = scenario.start
    engine.run(TakeJob(planned.job_id), by=SYSTEM)
    return engine.run(StartScheduled(planned.job_id), by=SYSTEM)
