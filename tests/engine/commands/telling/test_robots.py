"""Robots are set by those whose they are, sealed, and never told to anybody."""

import pytest
from sqlalchemy import text

from engine.commands.telling.choices import ChooseNotices
from engine.commands.telling.robots import (
    ChooseGroupNotices,
    RemoveRobot,
    SetGroupRobot,
    SetMyRobot,
    TryRobot,
)
from engine.model import SYSTEM, Conflict, InvalidState, InvalidValues, NotAllowed, NotFound
from engine.queries.operations.owed import TrialOwed
from engine.queries.people.telling import GroupRobots, MyTelling
from engine.store.models import ChatRobot, NoticeChoice
from tests.engine.commands.knowing import rows
from tests.engine.commands.telling.conftest import (
    DINGTALK,
    FEISHU,
    WECOM,
    choose,
    group,
    robot,
)


def owed(engine, number):
    return engine.ask(TrialOwed(number, "你好"), by=SYSTEM)


@pytest.mark.parametrize(
    ("kind", "address", "token"),
    [
        ("wecom", WECOM, "693a91f6-7xxx-4bc4"),
        ("wecom", "wecombot://693a91f6-7xxx-4bc4", "693a91f6-7xxx-4bc4"),
        ("wecom", " 693a91f6-7xxx-4bc4\n", "693a91f6-7xxx-4bc4"),
        ("dingtalk", DINGTALK, "566cc69da782ec0a"),
        ("feishu", FEISHU, "b1b2b3b4-group"),
        ("feishu", "feishu://b1b2b3b4-group", "b1b2b3b4-group"),
    ],
)
def test_what_people_paste_is_read(engine, who, kind, address, token):
    number = engine.run(SetMyRobot(kind, address), by=who("lin"))

    found = owed(engine, number)
    assert (found.kind, found.token, found.secret) == (kind, token, None)
    assert found.text == "【投诉】你好"


def test_a_secret_of_dingtalk_is_kept(engine, who):
    number = engine.run(SetMyRobot("dingtalk", DINGTALK, "SEC1234567890"), by=who("lin"))

    assert owed(engine, number).secret == "SEC1234567890"


def test_the_address_that_other_programs_write_has_its_secret_in_it(engine, who):
    address = "dingtalk://SEC1234567890@566cc69da782ec0a"

    number = engine.run(SetMyRobot("dingtalk", address), by=who("lin"))

    found = owed(engine, number)
    assert (found.token, found.secret) == ("566cc69da782ec0a", "SEC1234567890")


@pytest.mark.parametrize(
    ("kind", "address", "secret", "field"),
    [
        ("wecom", "", "", "address"),
        (
            "wecom",
            "https://evil.example.com/cgi-bin/webhook/send?key=12345678",
            "",
            "address",
        ),
        (
            "wecom",
            "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1234567",
            "",
            "address",
        ),
        ("wecom", "https://qyapi.weixin.qq.com@evil.example.com/x", "", "address"),
        ("wecom", "https://[::1", "", "address"),
        ("wecom", "json://localhost/12345678", "", "address"),
        ("wecom", DINGTALK, "", "address"),
        ("feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/../x", "", "address"),
        ("feishu", FEISHU, "SEC1234567890", "secret"),
        ("dingtalk", DINGTALK, "带空格 的", "secret"),
        ("slack", WECOM, "", "kind"),
    ],
)
def test_what_is_no_webhook_is_refused(engine, who, kind, address, secret, field):
    with pytest.raises(InvalidValues) as refused:
        engine.run(SetMyRobot(kind, address, secret), by=who("lin"))

    assert set(refused.value.errors) == {field}
    assert not rows(engine, ChatRobot)


def test_a_webhook_of_another_kind_is_said_to_be_one(engine, who):
    with pytest.raises(InvalidValues) as refused:
        engine.run(SetMyRobot("wecom", DINGTALK), by=who("lin"))

    [sentence] = refused.value.errors["address"]
    assert "of DingTalk; choose that kind" in str(sentence)
    assert "566cc69da782ec0a" not in str(sentence)


def test_its_secret_is_nowhere_in_the_database(engine, who):
    robot(engine, who, "lin")

    with engine.database.connections.connect() as connection:
        kept = [
            str(row)
            for table in ("chat_robot", "journal")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]

    assert "693a91f6" not in "".join(kept)
    assert [row.hint for row in rows(engine, ChatRobot)] == ["4bc4"]


def test_another_one_takes_its_place(engine, who):
    first = robot(engine, who, "lin")

    second = engine.run(SetMyRobot("feishu", FEISHU), by=who("lin"))

    assert first == second
    assert owed(engine, first).kind == "feishu"


def test_another_key_of_the_installation_cannot_read_it(engine, who):
    number = robot(engine, who, "lin")
    engine.database.holdings.secret = "another"

    with pytest.raises(InvalidState):
        owed(engine, number)


def test_it_is_told_to_nobody(engine, who):
    number = robot(engine, who, "lin")

    with pytest.raises(NotAllowed):
        engine.ask(TrialOwed(number, "x"), by=who("lin"))
    assert "693a91f6" not in repr(owed(engine, number))


def test_it_is_its_owners_alone(engine, who):
    number = robot(engine, who, "lin")

    for command in (RemoveRobot(number), TryRobot(number)):
        for login in ("wu", "root"):
            with pytest.raises(NotFound):
                engine.run(command, by=who(login))


def test_one_that_was_taken_away_is_forgotten(engine, who):
    number = robot(engine, who, "lin")

    engine.run(RemoveRobot(number), by=who("lin"))

    assert [row.sealed for row in rows(engine, ChatRobot)] == [""]
    assert engine.ask(MyTelling(), by=who("lin")).robot is None
    with pytest.raises(InvalidState):
        owed(engine, number)
    with pytest.raises(NotFound):
        engine.run(RemoveRobot(number), by=who("lin"))


def test_it_is_tried_every_few_seconds_at_most(engine, who, clock):
    number = robot(engine, who, "lin")
    engine.run(TryRobot(number), by=who("lin"))

    with pytest.raises(Conflict):
        engine.run(TryRobot(number), by=who("lin"))
    clock.move(seconds=6)
    engine.run(TryRobot(number), by=who("lin"))


def test_groups_are_set_by_administrators(engine, who):
    number = group(engine, who, "head", "north", ("overdue",))

    [found] = engine.ask(GroupRobots(), by=who("root"))
    assert (found.id, found.role, found.unit_name) == (number, "head", "北区营业所")
    assert found.notices == ("overdue",)


@pytest.mark.parametrize("login", ["lin", "zhao"])
def test_groups_are_not_for_others(engine, who, login):
    number = group(engine, who, "head")

    with pytest.raises(NotAllowed):
        engine.run(SetGroupRobot("head", None, "wecom", (), WECOM), by=who(login))
    with pytest.raises(NotAllowed):
        engine.run(ChooseGroupNotices(number, ()), by=who(login))
    with pytest.raises(NotFound):
        engine.run(RemoveRobot(number), by=who(login))
    with pytest.raises(NotAllowed):
        engine.ask(GroupRobots(), by=who(login))


def test_a_role_in_a_unit_has_one(engine, who):
    assert group(engine, who, "head", "north") == group(engine, who, "head", "north")
    assert group(engine, who, "head") == 2


def test_what_is_wrong_with_one_of_a_group_is_refused(engine, who):
    with pytest.raises(InvalidValues):
        group(engine, who, "customer")
    with pytest.raises(InvalidValues):
        group(engine, who, "head", notices=("gossip",))
    with pytest.raises(NotFound):
        group(engine, who, "head", "west")


def test_a_group_hears_of_what_was_chosen_for_it(engine, who):
    number = group(engine, who, "head")

    engine.run(ChooseGroupNotices(number, ("offered", "letter")), by=who("root"))

    [found] = engine.ask(GroupRobots(), by=who("root"))
    assert found.notices == ("letter", "offered")


def test_people_choose_for_themselves(engine, who):
    choose(engine, who, "lin", email=["letter"], chat=["overdue", "letter"])
    choose(engine, who, "lin", chat=["overdue"])

    channels = engine.ask(MyTelling(), by=who("lin")).channels
    assert channels["overdue"] == {"chat"}
    assert channels["letter"] == frozenset()
    assert engine.ask(MyTelling(), by=who("wu")).channels["letter"] == {"email", "chat"}


def test_a_choice_of_what_there_is_not_is_refused(engine, who):
    with pytest.raises(InvalidValues) as refused:
        engine.run(ChooseNotices(("gossip",), ()), by=who("lin"))

    assert set(refused.value.errors) == {"email"}
    assert not rows(engine, NoticeChoice)
