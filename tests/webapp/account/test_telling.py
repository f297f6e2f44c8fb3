"""What reaches people how: the page of their own, those of groups, and that of a case."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.commands.telling.robots import SetGroupRobot, SetMyRobot
from engine.delivery import RobotTransport
from engine.queries.people.telling import MyTelling
from engine.store.models import ChatRobot
from engine.worker import JobRunner
from tests.chatserver import ChatServer
from tests.engine.commands.knowing import rows
from tests.engine.commands.telling.conftest import ALL, FEISHU, WECOM, begin, mailbox
from tests.people import actor

MINE = "/account/notices/"
GROUPS = "/people/robots/"
GROUP = {
    "role": "head",
    "unit": "north",
    "kind": "feishu",
    "address": FEISHU,
    "notices": ["overdue"],
}


@pytest.fixture
def server(engine) -> Iterator[ChatServer]:
    server = ChatServer()
    engine.settings = replace(
        engine.settings, wecom_url=server.address, feishu_url=server.address
    )
    yield server
    server.close()


@pytest.fixture
def who(engine):
    return lambda login: actor(engine, login)


@pytest.fixture
def robot(engine, who) -> int:
    """The robot of the clerk."""
    return engine.run(SetMyRobot("wecom", WECOM), by=who("lin"))


def ticked(page, channel):
    return page.texts(f"//input[@name='{channel}'][@checked]/@value")


def test_the_account_and_the_notices_lead_there(lin):
    for path in ("/account/", "/notices/"):
        assert MINE in lin.get(path).texts("//a/@href")


def test_what_nobody_chose_yet_is_shown_as_it_is(lin):
    page = lin.get(MINE)

    assert ticked(page, "email") == ["letter"]
    assert ticked(page, "chat") == list(ALL)
    assert "系统里没有您的邮箱" in page.text
    assert "在下方设置机器人之前" in page.text


def test_a_choice_is_kept(engine, lin, who):
    mailbox(engine, who, "lin")
    data = {"email": ["overdue", "letter"], "chat": ["offered"]}

    page = lin.send(MINE, data)

    assert page.said() == "通知设置已保存。"
    assert ticked(page, "email") == ["letter", "overdue"]
    assert ticked(page, "chat") == ["offered"]
    assert "邮件发到 lin@example.com" in page.text
    assert engine.ask(MyTelling(), by=who("lin")).channels["routed"] == frozenset()


def test_a_robot_is_set_and_shown_by_its_end_alone(lin):
    page = lin.send(f"{MINE}robot", {"kind": "wecom", "address": WECOM})

    assert "机器人已保存" in page.said()
    assert "企业微信 ····4bc4" in page.text
    assert "693a91f6" not in page.source


def test_what_is_no_webhook_is_refused_at_its_field(lin):
    page = lin.post(f"{MINE}robot", {"kind": "wecom", "address": "https://example.com/x"})

    assert page.status == 422
    [said] = page.texts("//*[@id='wrong-address']")
    assert said == (
        "请粘贴企业微信机器人设置页上的 Webhook 地址，形如"
        " https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…。"
    )


def test_what_was_pasted_is_not_shown_again(lin):
    page = lin.post(f"{MINE}robot", {"kind": "feishu", "address": WECOM})

    assert page.status == 422
    assert "693a91f6" not in page.source


def test_a_test_message_says_that_it_went(lin, robot, server):
    page = lin.send(f"{MINE}robot/{robot}/try")

    assert page.said() == "测试消息已发送，请到群聊中查看。"
    assert [text for _, text in server.said] == [
        "【投诉】测试消息：投诉处理的通知将发到这里。"
    ]


def test_a_test_message_says_why_it_did_not(lin, robot, server):
    server.mood = "refuse"

    page = lin.send(f"{MINE}robot/{robot}/try")

    assert page.said() == (
        "测试消息没有发出。"
        "企业微信机器人没有接收消息，返回：310000 keywords not in content。"
    )


def test_it_is_taken_away(engine, lin, robot):
    page = lin.send(f"{MINE}robot/{robot}/remove")

    assert "机器人已移除" in page.said()
    assert rows(engine, ChatRobot)[0].ended_at is not None


def test_the_robot_of_somebody_else_is_out_of_reach(root, robot, server):
    assert root.post(f"{MINE}robot/{robot}/try").status == 404
    assert root.post(f"{GROUPS}{robot}/try").status == 404
    assert root.post(f"{MINE}robot/{robot}/remove").status == 404
    assert server.said == []


def test_a_robot_of_a_group_is_set(deployed, root):
    page = root.send(GROUPS, GROUP)

    assert "机器人已保存" in page.said()
    assert page.texts("//section/h2")[0] == "主管 北区营业所"
    assert page.texts("//section[1]//input[@checked]/@value")[:1] == ["overdue"]


def test_what_is_wrong_with_it_stands_at_its_field(deployed, root):
    page = root.post(GROUPS, GROUP | {"address": "x"})

    assert page.status == 422
    assert page.texts("//*[@id='wrong-address']")
    assert page.texts("//select[@name='role']/option[@selected]/@value") == ["head"]


def test_what_a_group_hears_of_is_changed(deployed, root, who):
    number = deployed.run(
        SetGroupRobot("head", None, "feishu", ("overdue",), FEISHU), by=who("root")
    )

    root.send(f"{GROUPS}{number}", {"notices": ["letter", "offered"]})

    assert rows(deployed, ChatRobot)[0].notices == ["letter", "offered"]


def test_a_group_is_tried_and_taken_away(deployed, root, who, server):
    number = deployed.run(
        SetGroupRobot("head", None, "feishu", ("overdue",), FEISHU), by=who("root")
    )

    assert "测试消息已发送" in root.send(f"{GROUPS}{number}/try").said()
    assert "机器人已移除" in root.send(f"{GROUPS}{number}/remove").said()


def test_groups_are_for_administrators_alone(lin):
    assert lin.get(GROUPS).status == 403
    assert lin.post(GROUPS, GROUP).status == 403


def test_a_case_shows_what_was_sent(deployed, root, who, robot, server):
    case_id = begin(deployed, who)
    JobRunner(deployed, kinds=("chat",), chats=RobotTransport(deployed.settings)).run_due()

    page = root.get(f"/cases/{case_id}")

    [line] = page.texts("//*[@id='sent']//li")
    assert line.startswith("新任务：调查投诉（案件 ")
    assert "企业微信 → 林文员 · 已发送" in line


def test_a_case_shows_what_could_not_be_sent(deployed, root, who, robot, server):
    server.mood = "refuse"
    case_id = begin(deployed, who)
    JobRunner(deployed, kinds=("chat",), chats=RobotTransport(deployed.settings)).run_due()

    page = root.get(f"/cases/{case_id}")

    assert "发送失败" in page.texts("//*[@id='sent']//li")[0]
    assert page.texts("//details[@id='sent'][@open]")
