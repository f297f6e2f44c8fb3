"""Speaks to the robots of WeCom, DingTalk and Feishu through the plugins of apprise.

The plugins look at the HTTP status alone, but these robots refuse with 200 and a code in
the answer; so what they answered is read here, and makes a refusal fail. What apprise and
the library below it log is silenced: the webhooks in it are secrets.

It is loaded by `engine.delivery.robot_transport` with the first message.
"""

import logging
import re
from dataclasses import dataclass
from threading import Lock
from typing import Any

import requests
from apprise.plugins import dingtalk, feishu, wecombot
from apprise.plugins.base import NotifyBase

from engine.delivery.chat import Robot
from engine.delivery.refusal import DeliveryError
from engine.model import Sentence

CONNECT, ANSWER = 5.0, 10.0  #: Seconds to wait for a connection, and for an answer.
#: WeCom takes no longer text than this; the others take ten times as much.
MOST_BYTES = 2000
_OK, _TOO_MANY, _SERVER_FAULT = 200, 429, 500
_NAMES = {
    "wecom": Sentence("WeCom"),
    "dingtalk": Sentence("DingTalk"),
    "feishu": Sentence("Feishu"),
}
#: Codes by which a robot says: not now.
_NOT_NOW = frozenset({-1, 9499, 11232, 45009, 45033, 90030, 130101, 230020, 410100})
_NOT_NOW_WORDS = re.compile(r"freq|too (fast|many|often)|busy|over limit|限流|频繁", re.I)

for _name in ("apprise", "urllib3", "requests"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


@dataclass(slots=True)
class _Exchange:
    """What came of one message."""

    answer: requests.Response | None = None
    fault: requests.RequestException | None = None


class _Listening:
    """Stands where the plugins look for `requests`, and keeps what was answered."""

    codes = requests.codes
    RequestException = requests.RequestException

    def __init__(self) -> None:
        self.exchange = _Exchange()

    def post(self, url: str, **options: Any) -> requests.Response:
        """Post as the plugin asks for, to no other host than the one it names."""
        options.update(timeout=(CONNECT, ANSWER), allow_redirects=False)
        try:
            self.exchange.answer = requests.post(url, **options)
        except requests.RequestException as fault:
            self.exchange.fault = fault
            raise
        return self.exchange.answer


_listening = _Listening()
for _plugin in (wecombot, dingtalk, feishu):
    setattr(_plugin, "requests", _listening)  # noqa: B010 (it is no attribute to mypy)
#: One message at a time; they are few, and robots take twenty a minute.
_turn = Lock()


def speak(host: str, robot: Robot, text: str) -> None:
    """Let *robot*, which is reached at *host*, say *text*.

    Raises:
        DeliveryError: If it does not, or it is not known whether it did.
    """
    with _turn:
        _listening.exchange = exchange = _Exchange()
        took = _plugin_of(host, robot).notify(body=_short(text))
    if exchange.fault is not None:
        raise _unanswered(robot, exchange.fault)
    if exchange.answer is None:
        raise _refused(robot, "-", "the message could not be put together", permanent=True)
    _refuse_refusal(robot, exchange.answer)
    if not took:
        raise _refused(robot, exchange.answer.status_code, "refused", permanent=True)


def _plugin_of(host: str, robot: Robot) -> NotifyBase:
    plugin: wecombot.NotifyWeComBot | dingtalk.NotifyDingTalk | feishu.NotifyFeishu
    match robot.kind:
        case "wecom":
            plugin = wecombot.NotifyWeComBot(key=robot.token)
            plugin.api_url = f"{host}/cgi-bin/webhook/send?key={robot.token}"
        case "dingtalk":
            plugin = dingtalk.NotifyDingTalk(token=robot.token, secret=robot.secret)
            plugin.notify_url = f"{host}/robot/send?access_token={{token}}"
        case "feishu":
            plugin = feishu.NotifyFeishu(token=robot.token)
            plugin.notify_url = f"{host}/open-apis/bot/v2/hook/{{token}}"
    return plugin


def _refuse_refusal(robot: Robot, answer: requests.Response) -> None:
    """Raise what a robot refused, by status or by the code in its answer."""
    status = answer.status_code
    try:
        said = answer.json()
    except requests.JSONDecodeError:
        said = None
    facts = said if isinstance(said, dict) else {}
    code = facts.get("errcode", facts.get("code", facts.get("StatusCode")))
    if status == _OK and code == 0:
        return
    words = str(facts.get("errmsg") or facts.get("msg") or "")[:200]
    if isinstance(code, int) and code != 0:
        not_now = code in _NOT_NOW or _NOT_NOW_WORDS.search(words) is not None
        raise _refused(robot, code, words, permanent=not not_now)
    # Some gateway answers in the place of the robot.
    passing = status in (_OK, _TOO_MANY) or status >= _SERVER_FAULT
    raise _refused(robot, status, words or "not as a robot does", permanent=not passing)


def _refused(robot: Robot, code: object, reason: str, *, permanent: bool) -> DeliveryError:
    return DeliveryError(
        "Expected the {robot} robot to take a message, but it answered {code} {reason}.",
        permanent=permanent,
        robot=_NAMES[robot.kind],
        code=code,
        reason=_without(robot, reason),
    )


def _unanswered(robot: Robot, fault: requests.RequestException) -> DeliveryError:
    """Say what went wrong on the way, without the address: it holds the secret."""
    return DeliveryError(
        "Expected the {robot} robot to be reached, but it was not: {reason}.",
        permanent=False,
        # Whoever waited for the answer does not know whether the message went out.
        uncertain=isinstance(fault, requests.ReadTimeout),
        robot=_NAMES[robot.kind],
        reason=type(fault).__name__,
    )


def _without(robot: Robot, text: str) -> str:
    for secret in filter(None, (robot.token, robot.secret)):
        text = text.replace(secret, "…")
    return text


def _short(text: str) -> str:
    """Return as much of *text* as every robot takes; a last line, its link, stays whole."""
    if len(text.encode()) <= MOST_BYTES:
        return text
    rest, _, link = text.rpartition("\n")
    room = MOST_BYTES - len(f"…\n{link}".encode())
    return f"{rest.encode()[:room].decode('utf-8', 'ignore')}…\n{link}"
