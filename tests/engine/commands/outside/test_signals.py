import pytest

from engine.commands.cases.lifecycle import CancelCase, StartCase
from engine.commands.jobs.lifecycle import TakeJob
from engine.commands.outside.signals import MOST_HOPS, BroadcastSignal, DeliverSignal
from engine.commands.policies.deployments import ActivateDeployment, DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import SYSTEM, InvalidState, InvalidValues, NotAllowed
from engine.policy import Bundle
from engine.store.models import Case, Incident, Job, JournalLine, SavedExecution, Task
from engine.store.models import Subscription as Waiting
from engine.store.values import loads
from tests.engine.commands.conftest import ENTERED, FOUND, work
from tests.engine.commands.knowing import rows

_SIGNAL = '<bpmn:signal id="signal-recall" name="recall" />'


def with_signals(bundle: Bundle, *changes: tuple[str, str], starts: str = "") -> Bundle:
    """Return the small policy with a signal, without its scenarios."""
    diagram = bundle.files["complaint.bpmn"].decode()
    for old, new in (('<bpmn:message id="message-goods"', _SIGNAL + "{}"), *changes):
        assert old in diagram
        diagram = diagram.replace(old, new.replace("{}", old), 1)
    policy = (
        bundle.files["policy.toml"]
        .decode()
        .replace('by = "staff"', starts or 'by = "staff"')
    )
    files = {
        **bundle.files,
        "complaint.bpmn": diagram.encode(),
        "policy.toml": policy.encode(),
    }
    return Bundle(bundle.key, {k: v for k, v in files.items() if "scenarios/" not in k})


#: A case waits for the signal instead of the goods, and throws it where it ends.
CAUGHT = (
    '<bpmn:messageEventDefinition id="goods-definition" messageRef="message-goods" />',
    '<bpmn:signalEventDefinition id="recalled" signalRef="signal-recall" />',
)
THROWN = (
    "<bpmn:incoming>f4</bpmn:incoming>",
    '{}<bpmn:signalEventDefinition id="recalls" signalRef="signal-recall" />',
)


@pytest.fixture
def two_waiting(ground, engine, who, minimal):
    """Two cases of the north that wait for the signal."""
    bundle = with_signals(minimal, CAUGHT)
    ground.reach("caught", lambda: engine.run(DeployBundle(bundle), by=who("root")))
    return engine, [waits(engine, who), waits(engine, who)]


def waits(engine, who):
    """Bring a case to where it waits for the signal."""
    case_id = engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    for element, login, values in (
        ("investigate", "lin", FOUND),
        ("approve", "zhao", {"agreed": True}),
    ):
        [task] = rows(engine, Task, Task.case_id == case_id, Task.element_id == element)
        engine.run(CompleteTask(task.id, values), by=who(login))
    return case_id


def states(engine):
    return [case.state for case in rows(engine, Case)]


def deliveries(engine, *conditions):
    return rows(engine, Job, Job.kind == "signal", *conditions)


def test_a_signal_reaches_every_case_that_waits_for_it(two_waiting, who):
    engine, _ = two_waiting
    assert [(row.kind, row.name) for row in rows(engine, Waiting)] == [
        ("signal", "recall"),
        ("signal", "recall"),
    ]

    told = engine.run(BroadcastSignal("recall", {"carrier": "演示"}), by=who("root"))
    assert told == 2
    assert states(engine) == ["open", "open"]
    work(engine)

    assert states(engine) == ["closed", "closed"]
    assert rows(engine, Waiting) == []
    for saved in rows(engine, SavedExecution):
        assert loads(saved.variables)["carrier"] == "演示"


def test_another_signal_reaches_nobody_and_is_not_kept(two_waiting, who):
    engine, _ = two_waiting

    assert engine.run(BroadcastSignal("recalled"), by=who("root")) == 0
    work(engine)

    assert states(engine) == ["open", "open"]


def test_who_waits_later_does_not_get_it(engine, who, minimal):
    engine.run(DeployBundle(with_signals(minimal, CAUGHT)), by=who("root"))
    engine.run(BroadcastSignal("recall"), by=who("root"))

    waits(engine, who)
    work(engine)

    assert states(engine) == ["open"]


def test_who_waits_no_longer_is_left_alone(two_waiting, who):
    engine, (first, _) = two_waiting
    engine.run(BroadcastSignal("recall"), by=who("root"))
    [mine] = deliveries(engine, Job.case_id == first)

    engine.run(CancelCase(first, "演示"), by=who("root"))

    assert deliveries(engine, Job.case_id == first)[0].state == "cancelled"
    with pytest.raises(InvalidState):
        engine.run(DeliverSignal(mine.id), by=SYSTEM)
    work(engine)
    assert states(engine) == ["cancelled", "closed"]


def test_two_signals_at_once_are_one_delivery_and_one_that_steps_aside(two_waiting, who):
    engine, _ = two_waiting
    engine.run(BroadcastSignal("recall"), by=who("root"))
    engine.run(BroadcastSignal("recall"), by=who("root"))

    work(engine)

    assert states(engine) == ["closed", "closed"]
    assert sorted(job.state for job in deliveries(engine)) == [
        "cancelled",
        "cancelled",
        "done",
        "done",
    ]


def test_a_case_throws_a_signal_to_the_others(engine, who, minimal):
    ends = ("<bpmn:incoming>f4</bpmn:incoming>", THROWN[1])
    engine.run(DeployBundle(with_signals(minimal, CAUGHT, ends)), by=who("root"))
    first, second = waits(engine, who), waits(engine, who)
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    engine.clock.move(days=1)  # The reminder of the third case ends in the signal.
    work(engine)

    by_case = {case.id: case.state for case in rows(engine, Case)}
    assert (by_case[first], by_case[second]) == ("closed", "closed")
    assert list(by_case.values()).count("open") == 1
    assert {job.case_id for job in deliveries(engine)} == {first, second}


STARTED = (
    "<bpmn:outgoing>f1</bpmn:outgoing>",
    '{}<bpmn:signalEventDefinition id="begins" signalRef="signal-recall" />',
)
NO_FORM = ('<zeebe:formDefinition formId="register" />', "<!-- -->")
PAYLOAD = {"customerName": "演示·客户", "subject": "漏水", "branch": "south"}


def started_by_signal(bundle):
    found = with_signals(bundle, NO_FORM, STARTED, starts='by = "signal"')
    return Bundle(found.key, {k: v for k, v in found.files.items() if "register" not in k})


def test_a_signal_starts_a_case_of_the_active_deployment(engine, who, minimal):
    engine.run(DeployBundle(started_by_signal(minimal)), by=who("root"))

    assert engine.run(BroadcastSignal("recall", PAYLOAD), by=who("root")) == 1
    work(engine)

    [case] = rows(engine, Case)
    assert (case.title, case.state) == ("演示·客户：漏水", "open")
    assert engine.run(BroadcastSignal("recall", PAYLOAD), by=who("root")) == 1


def test_an_inactive_deployment_is_started_by_no_signal(engine, who, minimal):
    by_hand = engine.run(DeployBundle(minimal), by=who("root"))
    engine.run(DeployBundle(started_by_signal(minimal)), by=who("root"))
    engine.run(ActivateDeployment(by_hand), by=who("root"))

    assert engine.run(BroadcastSignal("recall", PAYLOAD), by=who("root")) == 0


def test_signals_that_go_round_are_stopped(engine, who, minimal):
    ends = ("<bpmn:incoming>f11</bpmn:incoming>", THROWN[1])
    late = ("=add working hours(now(), 3)", "=now()")
    bundle = started_by_signal(minimal)
    diagram = bundle.files["complaint.bpmn"].decode()
    for old, new in ((THROWN[0], THROWN[1]), late, ends):
        diagram = diagram.replace(old, new.replace("{}", old), 1)
    bundle = Bundle(bundle.key, {**bundle.files, "complaint.bpmn": diagram.encode()})
    engine.run(DeployBundle(bundle), by=who("root"))
    engine.run(BroadcastSignal("recall", PAYLOAD), by=who("root"))
    [job] = deliveries(engine)
    with engine.database.writing(engine.clock.now(), SYSTEM) as tx:
        tx.job(job.id).payload = {**job.payload, "hops": MOST_HOPS}

    engine.run(TakeJob(job.id), by=SYSTEM)
    engine.run(DeliverSignal(job.id), by=SYSTEM)

    assert deliveries(engine)[0].state == "failed"
    [incident] = rows(engine, Incident)
    assert "recall" in str(incident.sentence)
    assert states(engine) == []


def test_what_a_delivery_leads_to_counts_one_more(two_waiting, who):
    engine, _ = two_waiting
    engine.run(BroadcastSignal("recall"), by=who("root"))

    assert {job.payload["hops"] for job in deliveries(engine)} == {0}


@pytest.mark.parametrize("login", ["lin", "zhao"])
def test_only_operations_broadcasts(two_waiting, who, login):
    engine, _ = two_waiting

    with pytest.raises(NotAllowed):
        engine.run(BroadcastSignal("recall"), by=who(login))


@pytest.mark.parametrize("name", ["", " ", "x" * 201])
def test_a_signal_has_a_name(two_waiting, who, name):
    engine, _ = two_waiting

    with pytest.raises(InvalidValues):
        engine.run(BroadcastSignal(name), by=who("root"))


def test_what_a_signal_brings_stays_out_of_the_journal(two_waiting, who):
    engine, _ = two_waiting

    engine.run(BroadcastSignal("recall", {"carrier": "秘密"}), by=who("root"))

    body = rows(engine, JournalLine)[-1].body
    assert "秘密" not in body
    assert "recall" in body
