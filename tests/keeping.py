"""The small policy of the tests, with a ledger, statistics and all ten reports."""

from datetime import datetime

from engine.commands.cases import CancelCase, StartCase
from engine.commands.tasks import CompleteTask
from engine.model import CaseId, TaskId
from engine.policy import Bundle
from engine.policy.sections.reports import REPORT_KINDS
from engine.runtime import Engine
from engine.store.models import Task
from tests.engine.commands.conftest import work
from tests.engine.commands.knowing import rows
from tests.people import actor

LEDGER = """
[ledger]
title = "投诉台账"
readers = ["head"]
close-day = 5
[[ledger.column]]
id = "unit"
title = "营业所"
value = "= branch"
kind = "unit"
[[ledger.column]]
id = "fault"
title = "责任"
value = "= fault"
kind = "choice"
labels = { quality = "质量", misuse = "使用不当" }
[[ledger.column]]
id = "customer"
title = "客户"
value = "= customerName"
[[ledger.column]]
id = "subject"
title = "事由"
value = "= subject"
[statistics]
unit = "unit"
hot-spot = "fault"
solved-once = '= if findings = null then null else findings = "一次解决"'
satisfaction = '= if findings = null then null else if findings = "反复" then 2 else 5'
reopened = '= starts with(subject, "再次")'
[[statistics.group]]
column = "fault"
[[statistics.group]]
column = "unit"
"""
REPORTS = "".join(
    f'\n[[report]]\nkind = "{kind}"\ntitle = "报表 {kind}"\n'
    + ('roles = ["clerk"]\n' if kind == "daily-count" else "")
    for kind in REPORT_KINDS
)


def with_ledger(minimal: Bundle) -> Bundle:
    """Return the small policy with a ledger that heads keep."""
    files = dict(minimal.files)
    files["policy.toml"] += (LEDGER + REPORTS).encode()
    return Bundle(minimal.key, files)


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
