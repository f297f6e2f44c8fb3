"""Chat messages leave by the worker: once, tried again, given up, seen by operations."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from engine.commands.operations.incidents import RetryIncident
from engine.commands.policies.deployments import DeployBundle
from engine.commands.telling.robots import RemoveRobot, SetMyRobot
from engine.delivery import RobotTransport
from engine.model import Actor
from engine.policy import Bundle
from engine.queries.cases.deliveries import DeliveriesOfCase
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.models import Delivery, Incident, Job
from engine.worker import JobRunner
from engine.worker.speaking import try_robot
from tests.chatserver import ChatServer
from tests.engine.commands.knowing import rows
from tests.engine.commands.telling.conftest import begin

FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/b1b2b3b4-own"
SITE = "https://tousu.example.com"


@pytest.fixture
def server() -> Iterator[ChatServer]:
    server = ChatServer()
    yield server
    server.close()


@pytest.fixture
def linked(engine: Engine, server: ChatServer) -> Engine:
    """An engine whose robots are played by the server."""
    settings: Settings = replace(engine.settings, url=SITE, feishu_url=server.address)
    return Engine(settings, engine.clock, engine.database)


@pytest.fixture
def runner(linked: Engine) -> JobRunner:
    robots = RobotTransport(linked.settings)
    return JobRunner(linked, kinds=("chat",), chats=robots)


@pytest.fixture
def owed(linked: Engine, minimal: Bundle, who: Callable[[str], Actor]) -> int:
    """The case of which a robot is to say that a task is new."""
    linked.run(DeployBundle(minimal), by=who("root"))
    linked.run(SetMyRobot("feishu", FEISHU), by=who("lin"))
    return begin(linked, who)


def job(engine: Engine) -> Job:
    [found] = rows(engine, Job, Job.kind == "chat")
    return found


def delivery(engine: Engine) -> Delivery:
    [found] = rows(engine, Delivery)
    return found


def test_it_is_said_with_a_link_and_noted(linked, server, runner, owed):
    assert runner.run_due() == 1

    [(path, text)] = server.said
    task = delivery(linked).task_id
    assert path == "/open-apis/bot/v2/hook/b1b2b3b4-own"
    assert text.startswith("【投诉】新任务：调查投诉（案件 ")
    assert text.endswith(f"\n{SITE}/tasks/{task}")
    assert (delivery(linked).state, job(linked).state) == ("sent", "done")


def test_it_is_said_once(linked, server, runner, owed):
    runner.run(job(linked).id)

    assert not runner.run(job(linked).id)
    assert not JobRunner(linked, chats=RobotTransport(linked.settings)).run_due()
    assert len(server.said) == 1


def test_a_busy_robot_is_asked_again_later(linked, server, runner, owed, clock):
    server.mood = "busy"
    runner.run_due()
    assert (delivery(linked).state, job(linked).state) == ("waiting", "waiting")
    assert not runner.run_due()

    server.mood = "take"
    clock.move(seconds=31)
    runner.run_due()

    assert (delivery(linked).state, len(server.said)) == ("sent", 1)


def test_without_a_network_it_waits_for_days(linked, server, runner, owed, clock):
    server.close()

    for _ in range(20):
        clock.move(hours=2)
        assert runner.run_due() == 1

    assert delivery(linked).state == "waiting"
    assert not rows(linked, Incident)


def test_a_refusal_is_given_up_and_operations_hears_of_it(
    linked, server, runner, owed, who
):
    server.mood = "refuse"

    runner.run_due()

    [incident] = rows(linked, Incident)
    assert "310000 keywords not in content" in str(incident.sentence)
    assert "b1b2b3b4" not in str(incident.sentence)
    assert (incident.case_id, delivery(linked).state) == (owed, "failed")


def test_what_was_given_up_is_tried_again_by_hand(linked, server, runner, owed, who):
    server.mood = "refuse"
    runner.run_due()
    server.mood = "take"

    linked.run(RetryIncident(rows(linked, Incident)[0].id), by=who("root"))
    runner.run_due()

    assert (delivery(linked).state, len(server.said)) == ("sent", 1)


def test_of_a_robot_that_was_taken_away_nothing_is_said(linked, server, runner, owed, who):
    linked.run(RemoveRobot(1), by=who("lin"))

    for _ in range(5):
        runner.run_due()
        linked.clock.move(hours=2)

    assert server.said == []
    assert delivery(linked).state == "failed"


def test_the_case_shows_what_was_sent_to_whom(linked, server, runner, owed, who):
    runner.run_due()

    [sent] = linked.ask(DeliveriesOfCase(owed), by=who("root"))

    assert (sent.transport, sent.robot, sent.to, sent.state) == (
        "chat",
        "feishu",
        "林文员",
        "sent",
    )
    assert sent.sent_at == linked.clock.now()


def test_a_robot_is_tried_at_once(linked, server, owed):
    assert try_robot(linked, 1, "zh_CN") is None

    assert [text for _, text in server.said] == [
        "【投诉】测试消息：投诉处理的通知将发到这里。"
    ]


def test_what_keeps_a_robot_from_speaking_is_said(linked, server, owed):
    server.mood = "refuse"

    assert "keywords not in content" in str(try_robot(linked, 1, "zh_CN"))
