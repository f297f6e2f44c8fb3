"""What is handed to chat robots, and what is made of their answers."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.delivery import DeliveryError, Robot, RobotTransport, robots
from engine.settings import Settings
from tests.chatserver import ChatServer

WECOM = Robot("wecom", "693a91f6-7xxx")
DINGTALK = Robot("dingtalk", "566cc69da782ec", "SEC566cc69da")
FEISHU = Robot("feishu", "b1b1-b2b2")


@pytest.fixture
def server() -> Iterator[ChatServer]:
    server = ChatServer()
    yield server
    server.close()


@pytest.fixture
def transport(server: ChatServer) -> RobotTransport:
    return RobotTransport(at(server.address))


def at(address: str) -> Settings:
    return Settings(
        "sqlite://",
        files=Path(),
        policies=Path(),
        wecom_url=address,
        dingtalk_url=address,
        feishu_url=address,
    )


@pytest.mark.parametrize(
    ("robot", "path"),
    [
        (WECOM, "/cgi-bin/webhook/send?key=693a91f6-7xxx"),
        (Robot("dingtalk", "566cc69da782ec"), "/robot/send?access_token=566cc69da782ec"),
        (FEISHU, "/open-apis/bot/v2/hook/b1b1-b2b2"),
    ],
)
def test_each_kind_of_robot_says_it(server, transport, robot, path):
    transport.say(robot, "【投诉】调查投诉即将到期")

    assert server.said == [(path, "【投诉】调查投诉即将到期")]


def test_a_dingtalk_message_is_signed_where_there_is_a_secret(server, transport):
    transport.say(DINGTALK, "你好")

    [(path, _)] = server.said
    assert "&timestamp=" in path
    assert "&sign=" in path
    assert DINGTALK.secret not in path


@pytest.mark.parametrize("robot", [WECOM, DINGTALK, FEISHU])
def test_a_refusal_in_a_good_answer_fails_for_good(server, transport, robot):
    server.mood = "refuse"

    with pytest.raises(DeliveryError, match="310000 keywords not in content") as failed:
        transport.say(robot, "你好")

    assert failed.value.permanent


@pytest.mark.parametrize("mood", ["busy", "down", "away", "babble"])
def test_what_passes_is_to_be_tried_again(server, transport, mood):
    server.mood = mood

    with pytest.raises(DeliveryError) as failed:
        transport.say(WECOM, "你好")

    assert not failed.value.permanent
    assert not failed.value.uncertain


def test_no_server_at_all_is_to_be_tried_again(server, transport):
    address = server.address
    server.close()

    with pytest.raises(DeliveryError) as failed:
        RobotTransport(at(address)).say(WECOM, "你好")

    assert not failed.value.permanent


def test_no_answer_leaves_it_uncertain(server, transport, monkeypatch):
    monkeypatch.setattr(robots, "ANSWER", 0.2)
    server.mood = "silent"

    with pytest.raises(DeliveryError) as failed:
        transport.say(WECOM, "你好")

    assert failed.value.uncertain


def test_it_follows_to_no_other_host(server, transport):
    server.mood = "elsewhere"

    with pytest.raises(DeliveryError):
        transport.say(WECOM, "你好")

    assert server.said == []


def test_nothing_secret_is_logged_or_told(server, transport, caplog):
    caplog.set_level(logging.DEBUG)
    server.mood = "away"

    with pytest.raises(DeliveryError) as failed:
        transport.say(DINGTALK, "你好")

    told = caplog.text + str(failed.value)
    assert DINGTALK.token not in told
    assert DINGTALK.secret not in told


def test_a_long_text_is_cut_before_its_link(server, transport):
    transport.say(WECOM, "长" * 3000 + "\nhttps://tousu.example.com/tasks/1")

    [(_, text)] = server.said
    assert len(text.encode()) <= robots.MOST_BYTES
    assert text.endswith("长…\nhttps://tousu.example.com/tasks/1")


def test_nothing_of_it_is_loaded_before_the_first_message():
    loaded = "import sys, engine.worker, webapp; print('apprise' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True)

    assert told.stdout.strip() == "False"
