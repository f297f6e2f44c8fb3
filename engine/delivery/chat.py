"""What a message to a chat robot is, and what can carry one."""

from dataclasses import dataclass
from typing import Literal, Protocol

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
