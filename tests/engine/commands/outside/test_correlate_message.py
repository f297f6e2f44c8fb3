from datetime import timedelta

import pytest

from engine.commands.outside.messages import CorrelateMessage
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import InvalidValues, NotAllowed
from engine.store.models import Case, JournalLine, Message, SavedExecution, Subscription
from engine.store.values import loads
from tests.engine.commands.conftest import work
from tests.engine.commands.knowing import rows

NUMBER = "JY-2603-0001"


def goods(message_id="m1", key=NUMBER):
    return CorrelateMessage("goods-arrived", key, message_id, {"carrier": "演示物流"})


@pytest.fixture
def waiting_for_goods(deployed, who, approve):
    deployed.run(CompleteTask(approve, {"agreed": True}), by=who("zhao"))
    return deployed


def test_the_case_that_waits_goes_on(waiting_for_goods, who, case_id):
    assert waiting_for_goods.run(goods(), by=who("root")) == case_id
    work(waiting_for_goods)

    [case], [saved] = rows(waiting_for_goods, Case), rows(waiting_for_goods, SavedExecution)
    assert case.state == "closed"
    assert loads(saved.variables)["carrier"] == "演示物流"
    assert rows(waiting_for_goods, Subscription) == []


def test_who_takes_part_in_the_case_may_tell_it(waiting_for_goods, who, case_id):
    assert waiting_for_goods.run(goods(), by=who("zhao")) == case_id


@pytest.mark.parametrize("login", ["wu", "qian"])
def test_others_may_not(waiting_for_goods, who, login):
    with pytest.raises(NotAllowed, match="takes part in"):
        waiting_for_goods.run(goods(), by=who(login))


def test_only_operations_sends_ahead_of_time(deployed, who, case_id):
    with pytest.raises(NotAllowed, match="none does"):
        deployed.run(goods(), by=who("lin"))


def test_the_same_message_again_changes_nothing(waiting_for_goods, who, case_id):
    waiting_for_goods.run(goods(), by=who("root"))

    assert waiting_for_goods.run(goods(), by=who("root")) == case_id
    assert len(rows(waiting_for_goods, Message)) == 1


def test_a_message_that_nobody_waits_for_is_kept_for_a_week(deployed, who, case_id, clock):
    assert deployed.run(goods(), by=who("root")) is None

    [message] = rows(deployed, Message)
    assert (message.state, message.case_id) == ("kept", None)
    assert message.expires_at == clock.now() + timedelta(days=7)


def test_a_kept_message_is_delivered_when_the_case_begins_to_wait(
    deployed, who, case_id, investigate, approve
):
    deployed.run(goods(), by=who("root"))

    completed = deployed.run(CompleteTask(approve, {"agreed": True}), by=who("zhao"))
    work(deployed)

    [message] = rows(deployed, Message)
    assert (message.state, message.case_id) == ("correlated", case_id)
    assert completed.next == ()
    assert rows(deployed, Case)[0].state == "closed"


def test_a_kept_message_expires(deployed, who, case_id, clock):
    deployed.run(goods(), by=who("root"))
    clock.move(days=7)
    work(deployed)

    assert rows(deployed, Message)[0].state == "expired"


def test_another_key_reaches_nobody(waiting_for_goods, who):
    assert waiting_for_goods.run(goods(key="JY-2603-0002"), by=who("root")) is None
    assert rows(waiting_for_goods, Case)[0].state == "open"


def test_it_refuses_a_message_without_name_or_id(deployed, who):
    with pytest.raises(InvalidValues) as refusal:
        deployed.run(CorrelateMessage(" ", None, ""), by=who("root"))

    assert set(refusal.value.errors) == {"name", "message_id"}


def test_the_payload_stays_out_of_the_journal(waiting_for_goods, who):
    waiting_for_goods.run(goods(), by=who("root"))

    assert "物流" not in rows(waiting_for_goods, JournalLine)[-1].body


def by_message(bundle):
    """Let the small policy be started by a message, without a form."""
    diagram = bundle.files["complaint.bpmn"]
    diagram = diagram.replace(b'<zeebe:formDefinition formId="register" />', b"")
    diagram = diagram.replace(
        b"<bpmn:outgoing>f1</bpmn:outgoing>",
        b'<bpmn:outgoing>f1</bpmn:outgoing><bpmn:messageEventDefinition id="m-start"'
        b' messageRef="message-filed" />',
        1,
    ).replace(
        b'<bpmn:message id="message-goods"',
        b'<bpmn:message id="message-filed" name="complaint-filed" />'
        b'<bpmn:message id="message-goods"',
    )
    policy = bundle.files["policy.toml"].decode().replace('by = "staff"', 'by = "message"')
    files = {
        **{path: each for path, each in bundle.files.items() if "register" not in path},
        "complaint.bpmn": diagram,
        "policy.toml": policy.encode(),
    }
    return type(bundle)(
        bundle.key, {k: v for k, v in files.items() if "scenarios/" not in k}
    )


def test_a_message_starts_a_case_where_a_process_begins_with_it(engine, who, minimal):
    engine.run(DeployBundle(by_message(minimal)), by=who("root"))
    payload = {"customerName": "演示·客户", "subject": "漏水", "branch": "south"}

    filed = CorrelateMessage("complaint-filed", None, "shop-17", payload)
    case_id = engine.run(filed, by=who("root"))

    [case] = rows(engine, Case)
    assert (case.id, case.title, case.started_by) == (case_id, "演示·客户：漏水", "root")
    assert engine.run(filed, by=who("root")) == case_id
    assert len(rows(engine, Case)) == 1
