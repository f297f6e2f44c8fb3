"""How the asking person is told of things, and which groups have robots."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.queries.people.roles import role_titles
from engine.queries.showing.names import people_names, unit_names
from engine.queries.showing.visibility import require_right
from engine.store.models import ChatRobot
from engine.store.reading import Reading
from engine.store.telling import (
    NoticeKind,
    choices_of,
    robots_of,
)


@dataclass(frozen=True, slots=True)
class KnownRobot:
    """A robot of a chat, without what is secret of it."""

    id: int
    kind: str
    hint: str  #: The end of its token.
    set_at: datetime
    set_by: str  #: A name.
    role: str | None = None
    role_title: str = ""
    unit: str | None = None
    unit_name: str = ""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """What reaches somebody how."""

    email: str | None
    robot: KnownRobot | None
    channels: Mapping[NoticeKind, frozenset[str]]  #: Of each kind, beside the web pages.


@dataclass(frozen=True, slots=True)
class MyTelling:
    """What reaches the asking person how."""

    def answer(self, reading: Reading) -> Telling:
        """Return it."""
        person = reading.person(reading.actor.person_id or 0)
        robot = robots_of(reading, [person.id]).get(person.id)
        return Telling(
            email=person.email,
            robot=None if robot is None else _known(reading, [robot])[0],
            channels=choices_of(reading, person.id),
        )


@dataclass(frozen=True, slots=True)
class GroupRobots:
    """The robots of groups, for who administers."""

    def answer(self, reading: Reading) -> tuple[KnownRobot, ...]:
        """Return them by role and unit."""
        require_right(reading.actor, "admin")
        chosen = select(ChatRobot).where(
            ChatRobot.person_id.is_(None), ChatRobot.ended_at.is_(None)
        )
        robots = reading.session.scalars(chosen.order_by(ChatRobot.role, ChatRobot.unit))
        return tuple(_known(reading, list(robots)))


def _known(reading: Reading, robots: list[ChatRobot]) -> list[KnownRobot]:
    people = people_names(reading, (robot.set_by for robot in robots))
    units = unit_names(reading, (robot.unit for robot in robots))
    titles = role_titles(reading) if robots else {}
    return [
        KnownRobot(
            id=robot.id,
            kind=robot.kind,
            hint=robot.hint,
            set_at=robot.set_at,
            set_by=people[robot.set_by],
            role=robot.role,
            role_title=titles.get(robot.role or "", robot.role or ""),
            unit=robot.unit,
            unit_name=units.get(robot.unit or "", ""),
            notices=tuple(robot.notices),
        )
        for robot in robots
    ]
