"""What the worker asks: which jobs are due, and what an owed e-mail says."""

from dataclasses import dataclass
from datetime import datetime

from engine.model import NotFound
from engine.store.jobs import due_job_ids, next_due_at
from engine.store.models import Delivery
from engine.store.reading import Reading


@dataclass(frozen=True, slots=True)
class DueJobs:
    """Which jobs are to be run now, the oldest first."""

    limit: int = 100
    without: tuple[str, ...] = ()  #: Kinds of job that this worker cannot run.

    def answer(self, reading: Reading) -> tuple[int, ...]:
        """Return their ids."""
        return tuple(due_job_ids(reading, self.limit, without=self.without))


@dataclass(frozen=True, slots=True)
class NextDue:
    """When the next job will be due."""

    def answer(self, reading: Reading) -> datetime | None:
        """Return the moment, or None where nothing is owed."""
        return next_due_at(reading)


@dataclass(frozen=True, slots=True)
class OwedMail:
    """An e-mail that is to be sent."""

    address: str
    title: str
    body: str  #: Markdown.


@dataclass(frozen=True, slots=True)
class MailOwed:
    """What the e-mail of a delivery says, and to whom."""

    delivery_id: int

    def answer(self, reading: Reading) -> OwedMail:
        """Return the e-mail.

        Raises:
            NotFound: If there is no such delivery.
        """
        delivery = reading.session.get(Delivery, self.delivery_id)
        if delivery is None:
            raise NotFound(
                "Expected to find delivery {delivery}, but there is none.",
                delivery=self.delivery_id,
            )
        return OwedMail(delivery.address, delivery.title, delivery.body)
