import pytest

from engine.commands.cases.lifecycle import CancelCase
from engine.model import CaseId, InvalidState, InvalidValues, NotAllowed, NotFound
from engine.store.models import Activity, Case, Job, JournalLine, Subscription, Task
from tests.engine.commands.knowing import rows


def test_nothing_waits_any_more(deployed, who, case_id, approve, clock):
    deployed.run(CancelCase(case_id, "客户撤回投诉"), by=who("root"))

    [case] = rows(deployed, Case)
    assert (case.state, case.reason, case.ended_at) == (
        "cancelled",
        "客户撤回投诉",
        clock.now(),
    )
    assert not rows(deployed, Task, Task.state == "open")
    assert not rows(deployed, Job, Job.state.in_(("waiting", "running")))
    assert not rows(deployed, Subscription)
    assert not rows(deployed, Activity, Activity.state == "active")


def test_the_reason_stays_out_of_the_journal(deployed, who, case_id):
    deployed.run(CancelCase(case_id, "客户撤回投诉"), by=who("root"))

    assert "撤回" not in rows(deployed, JournalLine)[-1].body


def test_only_operations_cancels(deployed, who, case_id):
    with pytest.raises(NotAllowed, match="right operate"):
        deployed.run(CancelCase(case_id, "不想处理"), by=who("lin"))


def test_a_reason_is_needed(deployed, who, case_id):
    with pytest.raises(InvalidValues) as refusal:
        deployed.run(CancelCase(case_id, "  "), by=who("root"))

    assert set(refusal.value.errors) == {"reason"}


def test_what_is_over_is_not_cancelled_again(deployed, who, case_id):
    deployed.run(CancelCase(case_id, "重复登记"), by=who("root"))

    with pytest.raises(InvalidState, match="JY-2603-0001 to be open"):
        deployed.run(CancelCase(case_id, "重复登记"), by=who("root"))


def test_it_refuses_an_unknown_case(deployed, who):
    with pytest.raises(NotFound):
        deployed.run(CancelCase(CaseId(99), "重复登记"), by=who("root"))
