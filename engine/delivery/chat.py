"""What a message to a chat robot is, and what can carry one."""

from dataclasses import dataclass
from importlib import import_module
from typing import Literal, Protocol, cast

from engine.settings import Settings

RobotKind = Literal["wecom", "dingtalk", "feishu"]


@dataclass(frozen=True, slots=True)
class Robot:
    """A robot of a group chat, known by what its makers call its webhook."""

    kind: RobotKind
    token: str
    secret: str | None = None  #: With which DingTalk wants messages signed.


class ChatTransport(Protocol):
    """Something that hands messages to robots."""

    def say(self, robot: Robot, text: str) -> None:
        """Let *robot* say *text*.

        Raises:
            DeliveryError: If it does not, or it is not known whether it did.
        """


class RobotTransport:
    """Hands messages to robots; what it needs for that is loaded with the first one.

    Args:
        settings: Say where the robots of each kind are reached.
    """

    def __init__(self, settings: Settings) -> None:
        self._hosts: dict[RobotKind, str] = {
            "wecom": settings.wecom_url,
            "dingtalk": settings.dingtalk_url,
            "feishu": settings.feishu_url,
        }

    def say(self, robot: Robot, text: str) -> None:
        """Let *robot* say *text*."""
        _speaker()(self._hosts[robot.kind], robot, text)


class _Speak(Protocol):
    def __call__(self, host: str, robot: Robot, text: str) -> None: ...


def _speaker() -> _Speak:
    """Return what speaks to robots: loading it takes half a second, so late as that."""
    return cast("_Speak", import_module("engine.delivery.robots").speak)
