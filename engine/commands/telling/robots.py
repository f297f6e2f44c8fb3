"""Commands about robots of chats: one's own, and those of groups."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from engine.commands.admitting.entries import refuse_faults, role_faults
from engine.commands.admitting.permission import has_right, require
from engine.commands.command import PRIVATE
from engine.commands.telling.choices import kind_faults
from engine.commands.telling.webhooks import read_webhook
from engine.model import Conflict, NotFound
from engine.store import people
from engine.store.models import ChatRobot
from engine.store.sealing import seal
from engine.store.telling import NOTICE_KINDS, SEALED_FOR, Webhook, robots_of
from engine.store.transaction import Transaction
from engine.store.values import dumps

_HINT = 4  #: Characters of the token that are shown.
_BETWEEN_TRIALS = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class SetMyRobot:
    """Let notices reach the actor through a robot of a chat."""

    kind: str
    address: str = field(metadata=PRIVATE, repr=False)
    secret: str = field(default="", metadata=PRIVATE, repr=False)

    def run(self, tx: Transaction) -> int:
        """Keep its webhook, sealed; it takes the place of the one before.

        Raises:
            InvalidValues: If the webhook or the secret is none.
        """
        person = people.lock_person(tx, tx.actor.person_id or 0)
        webhook = read_webhook(self.kind, self.address, self.secret)
        robot = robots_of(tx, [person.id]).get(person.id)
        if robot is None:
            robot = ChatRobot(person_id=person.id, notices=[])
        tx.stream = f"person:{person.id}"
        return _keep(tx, robot, self.kind, webhook)


@dataclass(frozen=True, slots=True)
class SetGroupRobot:
    """Let notices for those who hold a role, within a unit, reach the chat of a group."""

    role: str
    unit: str | None
    kind: str
    notices: tuple[str, ...]  #: The kinds that the group hears of.
    address: str = field(metadata=PRIVATE, repr=False)
    secret: str = field(default="", metadata=PRIVATE, repr=False)

    def run(self, tx: Transaction) -> int:
        """Keep its webhook, sealed; it takes the place of the one before.

        Raises:
            NotAllowed: If the actor is no administrator.
            NotFound: If there is no such unit.
            InvalidValues: If something entered is not right.
        """
        require(tx.actor, "admin")
        refuse_faults(
            {"role": role_faults(self.role), "notices": kind_faults(self.notices)}
        )
        if self.unit is not None:
            tx.unit(self.unit)
        webhook = read_webhook(self.kind, self.address, self.secret)
        chosen = select(ChatRobot).where(
            ChatRobot.role == self.role,
            ChatRobot.unit.is_not_distinct_from(self.unit),
            ChatRobot.ended_at.is_(None),
        )
        robot = tx.session.scalar(chosen) or ChatRobot(role=self.role, unit=self.unit)
        robot.notices = _in_order(self.notices)
        return _keep(tx, robot, self.kind, webhook)


@dataclass(frozen=True, slots=True)
class ChooseGroupNotices:
    """Choose the kinds of notices that the chat of a group hears of."""

    robot_id: int
    notices: tuple[str, ...]

    def run(self, tx: Transaction) -> None:
        """Keep the choice.

        Raises:
            NotAllowed: If the actor is no administrator.
            NotFound: If there is no such robot of a group.
            InvalidValues: If one is no kind.
        """
        require(tx.actor, "admin")
        robot = _robot(tx, self.robot_id)
        if robot.person_id is not None:
            raise _none(self.robot_id)
        refuse_faults({"notices": kind_faults(self.notices)})
        robot.notices = _in_order(self.notices)


@dataclass(frozen=True, slots=True)
class RemoveRobot:
    """Take a robot away: one's own, or as administrator that of a group."""

    robot_id: int

    def run(self, tx: Transaction) -> None:
        """Forget its webhook; what it was still to say is not said.

        Raises:
            NotFound: If there is none, or it is somebody else's.
        """
        robot = _robot(tx, self.robot_id)
        robot.ended_at, robot.sealed = tx.now, ""
        if robot.person_id is not None:
            tx.stream = f"person:{robot.person_id}"


@dataclass(frozen=True, slots=True)
class TryRobot:
    """Let a robot say something at once, to see whether it does."""

    robot_id: int

    def run(self, tx: Transaction) -> None:
        """Note that it is tried; it speaks afterwards, outside of any transaction.

        Raises:
            NotFound: If there is none, or it is somebody else's.
            Conflict: If it was tried a moment ago.
        """
        robot = _robot(tx, self.robot_id)
        if robot.tried_at is not None and tx.now - robot.tried_at < _BETWEEN_TRIALS:
            raise Conflict("Expected a little patience: the robot was tried a moment ago.")
        robot.tried_at = tx.now
        if robot.person_id is not None:
            tx.stream = f"person:{robot.person_id}"


def _keep(tx: Transaction, robot: ChatRobot, kind: str, webhook: Webhook) -> int:
    told = dumps({"token": webhook.token, "secret": webhook.secret})
    robot.kind, robot.sealed = kind, seal(tx, SEALED_FOR, told)
    robot.hint = webhook.token[-_HINT:]
    robot.set_at, robot.set_by, robot.tried_at = tx.now, tx.actor.login, None
    tx.add(robot)
    tx.note(robot=robot.id)
    return robot.id


def _robot(tx: Transaction, robot_id: int) -> ChatRobot:
    """Return a robot that the actor may change: their own, or one of a group."""
    robot = tx.session.get(ChatRobot, robot_id)
    if robot is None or robot.ended_at is not None:
        raise _none(robot_id)
    own = robot.person_id is not None and robot.person_id == tx.actor.person_id
    if not own and (robot.person_id is not None or not has_right(tx.actor, "admin")):
        raise _none(robot_id)
    return robot


def _none(robot_id: int) -> NotFound:
    return NotFound("Expected to find robot {robot}, but there is none.", robot=robot_id)


def _in_order(notices: Sequence[str]) -> list[str]:
    return [kind for kind in NOTICE_KINDS if kind in notices]
