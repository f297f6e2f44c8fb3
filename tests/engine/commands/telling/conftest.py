"""What tests of channels start from: addresses, robots, and what went out to them."""

from engine.commands.cases.lifecycle import StartCase
from engine.commands.people.accounts import ChangePerson
from engine.commands.people.units import GrantRole
from engine.commands.telling.choices import ChooseNotices
from engine.commands.telling.robots import SetGroupRobot, SetMyRobot
from engine.store.models import Delivery
from tests.engine.commands.conftest import ENTERED
from tests.engine.commands.knowing import rows

WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4"
FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/b1b2b3b4-group"
DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=566cc69da782ec0a"
ALL = ("letter", "reminder", "overdue", "routed", "offered")


def mailbox(engine, who, login) -> None:
    """Give somebody an address for e-mail."""
    person = who(login)
    command = ChangePerson(
        person.person_id, person.name, f"{login}@example.com", tuple(person.rights)
    )
    engine.run(command, by=who("root"))


def robot(engine, who, login) -> int:
    """Give somebody a robot of their own."""
    return engine.run(SetMyRobot("wecom", WECOM), by=who(login))


def group(engine, who, role, unit=None, notices=ALL) -> int:
    """Give those who hold a role a robot in the chat that they share."""
    command = SetGroupRobot(role, unit, "feishu", notices, FEISHU)
    return engine.run(command, by=who("root"))


def choose(engine, who, login, *, email=(), chat=()) -> None:
    """Let somebody choose what reaches them how."""
    engine.run(ChooseNotices(tuple(email), tuple(chat)), by=who(login))


def begin(engine, who) -> int:
    """Register a complaint in the north, by another clerk than the one of all tests."""
    engine.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
    return engine.run(StartCase("minimal", "complaint", ENTERED), by=who("wu"))


def sent(engine) -> list[tuple[str, str | None, str]]:
    """Return channel, login and title of all that went out."""
    return [(row.transport, row.login, row.title) for row in rows(engine, Delivery)]
