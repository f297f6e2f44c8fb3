"""How people are told: the kinds of notices, the channels, what was chosen, and robots."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Text, exists, or_, select, type_coerce

from engine.model import Sentence
from engine.store.models import ChatRobot, NoticeChoice
from engine.store.reading import Reading
from engine.store.sealing import unseal
from engine.store.values import loads

NoticeKind = Literal["letter", "reminder", "overdue", "routed", "offered"]
Channel = Literal["email", "chat"]

NOTICE_KINDS: tuple[NoticeKind, ...] = (
    "letter",
    "reminder",
    "overdue",
    "routed",
    "offered",
)
CHANNELS: tuple[Channel, ...] = ("email", "chat")
#: The kinds of robots, by the names that people know them by.
ROBOT_NAMES: Mapping[str, Sentence] = {
    "wecom": Sentence("WeCom"),
    "dingtalk": Sentence("DingTalk"),
    "feishu": Sentence("Feishu"),
}
#: Stands in each message: robots may be set to let in only what has such a word.
KEYWORD = "投诉"
#: What secrets of robots are sealed for.
SEALED_FOR = "chat-robot"
#: By which channels a kind goes to whoever chose nothing, where they have the address.
UNCHOSEN: Mapping[NoticeKind, frozenset[str]] = {
    kind: frozenset(CHANNELS if kind == "letter" else ["chat"]) for kind in NOTICE_KINDS
}
#: Whether anybody could want to hear of tasks that are offered to them.
IS_ANYBODY_TOLD_OF_OFFERS = or_(
    exists().where(ChatRobot.ended_at.is_(None)),
    exists().where(
        NoticeChoice.kind == "offered",
        type_coerce(NoticeChoice.channels, Text).contains("email"),
    ),
)
_IS_ANYBODY_TOLD = select(IS_ANYBODY_TOLD_OF_OFFERS)


@dataclass(frozen=True, slots=True)
class Webhook:
    """What a robot is reached by."""

    token: str
    secret: str | None


def channels_chosen(
    reading: Reading, person_ids: Collection[int], kind: NoticeKind
) -> Mapping[int, frozenset[str]]:
    """Return for each of these people the channels by which they want this kind."""
    chosen = select(NoticeChoice.person_id, NoticeChoice.channels).where(
        NoticeChoice.kind == kind, NoticeChoice.person_id.in_(person_ids)
    )
    found = {
        person: frozenset(chosen) for person, chosen in reading.session.execute(chosen)
    }
    return {person: found.get(person, UNCHOSEN[kind]) for person in person_ids}


def choices_of(reading: Reading, person_id: int) -> Mapping[NoticeKind, frozenset[str]]:
    """Return by which channels a person wants what, of every kind."""
    chosen = select(NoticeChoice.kind, NoticeChoice.channels).where(
        NoticeChoice.person_id == person_id
    )
    found = {kind: frozenset(some) for kind, some in reading.session.execute(chosen)}
    return {kind: found.get(kind, UNCHOSEN[kind]) for kind in NOTICE_KINDS}


def robots_of(reading: Reading, person_ids: Collection[int]) -> Mapping[int, ChatRobot]:
    """Return the robots of these people, by the person."""
    chosen = select(ChatRobot).where(
        ChatRobot.person_id.in_(person_ids), ChatRobot.ended_at.is_(None)
    )
    robots = reading.session.scalars(chosen)
    return {robot.person_id: robot for robot in robots if robot.person_id is not None}


def robots_at(
    reading: Reading, role: str, unit: str | None, kind: NoticeKind
) -> Sequence[ChatRobot]:
    """Return the robots of groups that hear of this kind for a role, within a unit."""
    where = [ChatRobot.role == role, ChatRobot.ended_at.is_(None)]
    if unit is not None:
        where.append(or_(ChatRobot.unit == unit, ChatRobot.unit.is_(None)))
    robots = reading.session.scalars(select(ChatRobot).where(*where).order_by(ChatRobot.id))
    return [robot for robot in robots if kind in robot.notices]


def is_anybody_told_of_offers(reading: Reading) -> bool:
    """Tell whether anybody could want to hear of tasks that are offered to them."""
    return bool(reading.execute(_IS_ANYBODY_TOLD, {}).scalar())


def webhook_of(reading: Reading, robot: ChatRobot) -> Webhook:
    """Return what *robot* is reached by.

    Raises:
        InvalidState: If it was sealed with another key.
    """
    told = loads(unseal(reading, SEALED_FOR, robot.sealed))
    return Webhook(told["token"], told["secret"])
