"""What the worker asks: which jobs are due, and what an owed e-mail says."""

from dataclasses import dataclass
from datetime import datetime

from engine.model import NotFound
from engine.store.jobs import due_job_ids, next_due_at
from engine.store.models import Delivery
from engine.store.reading import Reading
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
        return OwedMail(delivery.address, title, body, delivery.at)
