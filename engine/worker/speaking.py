"""Lets robots of chats say what is owed, or something to try them."""

from typing import cast

from engine.delivery import ChatTransport, DeliveryError, Robot, RobotKind, RobotTransport
from engine.language import say
from engine.model import SYSTEM, EngineError, Sentence
from engine.queries.operations.owed import OwedChat, TrialOwed
from engine.runtime import Engine

_TRIAL = Sentence("Test message: notices of complaints will come here.")


def say_owed(chats: ChatTransport, owed: OwedChat) -> None:
    """Let the robot say what it owes.

    Raises:
        DeliveryError: If it does not, or it is not known whether it did.
    """
    kind = cast("RobotKind", owed.kind)
    chats.say(Robot(kind, owed.token, owed.secret), owed.text)


def try_robot(engine: Engine, robot_id: int, language: str) -> Sentence | None:
    """Let a robot say something now; return why it did not, or nothing.

    It is sent from this process and once; whoever asks has to be let by `TryRobot`.
    """
    try:
        owed = engine.ask(TrialOwed(robot_id, say(_TRIAL, language)), by=SYSTEM)
        say_owed(RobotTransport(engine.settings), owed)
    except (DeliveryError, EngineError) as error:
        return error.sentence
    return None
