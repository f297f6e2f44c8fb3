"""Hands messages to chat robots; what speaks to them is loaded with the first message."""

from importlib import import_module
from typing import Protocol, cast

from engine.delivery.chat import Robot, RobotKind
from engine.settings import Settings


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
