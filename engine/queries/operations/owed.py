"""What the worker asks: which jobs are due, and what an owed message says."""

from dataclasses import dataclass, field
from datetime import datetime

from engine.model import InvalidState, NotFound
from engine.queries.showing.visibility import require_right
from engine.store.jobs import due_job_ids, next_due_at
from engine.store.models import ChatRobot, Delivery
from engine.store.reading import Reading
from engine.store.telling import KEYWORD, webhook_of
from engine.store.tracking import with_link


@dataclass(frozen=True, slots=True)
class DueJobs:
    """Which jobs are to be run now, the oldest first."""

    limit: int = 100
    kinds: tuple[str, ...] | None = None  #: Those that the worker can run; None: all.

    def answer(self, reading: Reading) -> tuple[int, ...]:
        """Return their ids."""
        return tuple(due_job_ids(reading, self.limit, kinds=self.kinds))


@dataclass(frozen=True, slots=True)
class NextDue:
    """When the next job will be due."""

    kinds: tuple[str, ...] | None = None  #: Of these kinds; None: of any.

    def answer(self, reading: Reading) -> datetime | None:
        """Return the moment, or None where nothing is owed."""
        return next_due_at(reading, kinds=self.kinds)


@dataclass(frozen=True, slots=True)
class OwedMail:
    """An e-mail that is to be sent."""

    address: str
    title: str
    body: str  #: Markdown.
    at: datetime  #: When it was written.


@dataclass(frozen=True, slots=True)
class MailOwed:
    """What the e-mail of a delivery says, and to whom."""

    delivery_id: int
    site: str | None = None  #: The address at which customers reach this installation.

    def answer(self, reading: Reading) -> OwedMail:
        """Return the e-mail.

        Raises:
            NotFound: If there is no such delivery.
            InvalidState: If it names the customer's link, and that cannot be said.
        """
        delivery = reading.session.get(Delivery, self.delivery_id)
        if delivery is None:
            raise NotFound(
                "Expected to find delivery {delivery}, but there is none.",
                delivery=self.delivery_id,
            )
        title, body = delivery.title, delivery.body
        if delivery.case_id is not None:
            title = with_link(reading, delivery.case_id, title, self.site)
            body = with_link(reading, delivery.case_id, body, self.site)
        if delivery.task_id is not None and self.site is not None:
            body = f"{body}\n\n<{self.site}/tasks/{delivery.task_id}>"
        return OwedMail(delivery.address, title, body, delivery.at)


@dataclass(frozen=True, slots=True)
class OwedChat:
    """A message that a robot is to say."""

    kind: str  #: Of the robot.
    token: str = field(repr=False)
    secret: str | None = field(repr=False)
    text: str


@dataclass(frozen=True, slots=True)
class ChatOwed:
    """What the chat message of a delivery says, and by which robot."""

    delivery_id: int
    site: str | None = None  #: The address at which people reach this installation.

    def answer(self, reading: Reading) -> OwedChat:
        """Return the message.

        Raises:
            NotAllowed: If anybody but the engine itself asks.
            NotFound: If there is no such delivery.
            InvalidState: If its robot was taken away, or cannot be read any longer.
        """
        require_right(reading.actor, "system")
        delivery = reading.session.get(Delivery, self.delivery_id)
        if delivery is None:
            raise NotFound(
                "Expected to find delivery {delivery}, but there is none.",
                delivery=self.delivery_id,
            )
        lines = (delivery.title, delivery.body, self._link(delivery))
        text = "\n".join(filter(None, lines))
        return owed_to(reading, delivery.robot_id, text)

    def _link(self, delivery: Delivery) -> str:
        if self.site is None:
            return ""
        if delivery.task_id is not None:
            return f"{self.site}/tasks/{delivery.task_id}"
        return f"{self.site}/cases/{delivery.case_id}"


@dataclass(frozen=True, slots=True)
class TrialOwed:
    """What a robot says when it is tried."""

    robot_id: int
    text: str

    def answer(self, reading: Reading) -> OwedChat:
        """Return the message.

        Raises:
            NotAllowed: If anybody but the engine itself asks.
            InvalidState: If the robot was taken away, or cannot be read any longer.
        """
        require_right(reading.actor, "system")
        return owed_to(reading, self.robot_id, self.text)


def owed_to(reading: Reading, robot_id: int | None, text: str) -> OwedChat:
    """Return *text* as a robot says it, with the word by which chats let it in."""
    robot = None if robot_id is None else reading.session.get(ChatRobot, robot_id)
    if robot is None or robot.ended_at is not None:
        raise InvalidState("Expected a robot to say it, but it was taken away.")
    webhook = webhook_of(reading, robot)
    return OwedChat(robot.kind, webhook.token, webhook.secret, f"【{KEYWORD}】{text}")
