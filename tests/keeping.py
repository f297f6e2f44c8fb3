"""What happens to complaints of which a ledger of the tests tells."""

from datetime import datetime

from engine.commands.cases.lifecycle import CancelCase, StartCase
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import CaseId, TaskId
from engine.runtime import Engine
from engine.store.models import Task
from tests.engine.commands.conftest import work
from tests.engine.commands.knowing import rows
from tests.people import actor


def register(engine: Engine, clock, when: datetime, *, unit="north", **more) -> CaseId:
    """Register a complaint at a moment."""
    clock.moment = when
    entered = {
        "customerName": "演示·客户",
        "customerPhone": "13900000000",
        "subject": "水泵漏水",
        "branch": unit,
        **more,
    }
    return engine.run(StartCase("minimal", "complaint", entered), by=actor(engine, "lin"))


def settle(
    engine: Engine, clock, case_id: CaseId, when: datetime, fault="misuse", found="一次解决"
) -> None:
    """Find out whose fault it was; a misuse closes the case, a fault waits for approval."""
    clock.moment = when
    task = task_of(engine, case_id, "investigate")
    entered = {"fault": fault, "withinWarranty": False, "findings": found}
    engine.run(CompleteTask(task, entered), by=actor(engine, "lin"))
    work(engine)


def cancel(engine: Engine, clock, case_id: CaseId, when: datetime) -> None:
    """Cancel a case."""
    clock.moment = when
    engine.run(CancelCase(case_id, "重复登记"), by=actor(engine, "root"))


def task_of(engine: Engine, case_id: CaseId, element: str) -> TaskId:
    [task] = rows(engine, Task, Task.case_id == case_id, Task.element_id == element)
    return TaskId(task.id)
