"""What left the house about a case: by which channel, to whom, when, and how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.masking import mask
from engine.model import Sentence
from engine.queries.showing.masking import veil_over
from engine.queries.showing.names import people_names, unit_names
from engine.queries.showing.visibility import visible_case
from engine.store.models import Case, ChatRobot, Delivery
from engine.store.reading import Reading
from engine.store.tracking import without_link


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that left the house, or is to."""

    title: str
    transport: str  #: email or chat.
    robot: str | None  #: Its kind, where it went through one.
    to: str  #: A name; an address of who has no login is masked.
    at: datetime
    sent_at: datetime | None
    state: str  #: waiting, sent, failed, withheld.
    error: Sentence | None


@dataclass(frozen=True, slots=True)
class DeliveriesOfCase:
    """What left the house about a case, the oldest first."""

    case_id: int

    def answer(self, reading: Reading) -> tuple[Sent, ...]:
        """Return it.

        Raises:
            NotFound: If there is no such case.
            NotAllowed: If it is not for this person.
        """
        case = visible_case(reading, self.case_id)
        rows = reading.session.execute(
            select(Delivery, ChatRobot)
            .outerjoin(ChatRobot, ChatRobot.id == Delivery.robot_id)
            .where(Delivery.case_id == case.id)
            .order_by(Delivery.id)
        ).all()
        found = [(delivery, robot) for delivery, robot in rows]
        receivers = _receivers(reading, case, found)
        sent = tuple(
            Sent(
                title=without_link(reading, case.id, delivery.title),
                transport=delivery.transport,
                robot=None if robot is None else robot.kind,
                to=receivers[delivery.id],
                at=delivery.at,
                sent_at=delivery.sent_at,
                state=delivery.state,
                error=delivery.error if delivery.state != "sent" else None,
            )
            for delivery, robot in found
        )
        return veil_over(reading, case).over(sent)


def _receivers(
    reading: Reading, case: Case, rows: Sequence[tuple[Delivery, ChatRobot | None]]
) -> dict[int, str]:
    people = people_names(reading, (delivery.login for delivery, _ in rows))
    units = unit_names(reading, (robot.unit for _, robot in rows if robot is not None))
    roles = reading.loaded(case.deployment_id).roles

    def name(delivery: Delivery, robot: ChatRobot | None) -> str:
        if delivery.login is not None:
            return people[delivery.login]
        if robot is None or robot.role is None:
            return mask(delivery.address)
        role = roles.get(robot.role)
        title = role.title if role else robot.role
        return f"{title}（{units[robot.unit]}）" if robot.unit else title

    return {delivery.id: name(delivery, robot) for delivery, robot in rows}
