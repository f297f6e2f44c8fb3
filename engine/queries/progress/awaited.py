"""What a case waits for from outside: goods, an answer, the outcome, a signal."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.model import NotFound
from engine.queries.showing.visibility import visible_case
from engine.store.models import Case, Subscription
from engine.store.reading import Reading


@dataclass(frozen=True, slots=True)
class Awaited:
    """A message or signal that a case waits for."""

    id: int
    name: str  #: As the diagram names the event.
    message: str
    key: str | None
    since: datetime
    kind: str = "message"


@dataclass(frozen=True, slots=True)
class AwaitedMessages:
    """The messages and signals that a case waits for, for those who may see it."""

    case_id: int

    def answer(self, reading: Reading) -> tuple[Awaited, ...]:
        """Return them, the one that is awaited longest first.

        Raises:
            NotFound: If there is no such case.
            NotAllowed: If it is not for this person.
        """
        case = visible_case(reading, self.case_id)
        rows = reading.session.scalars(
            select(Subscription)
            .where(Subscription.case_id == case.id)
            .order_by(Subscription.id)
        )
        return tuple(_awaited(reading, case, row) for row in rows)


@dataclass(frozen=True, slots=True)
class OneAwaited:
    """One of the messages that a case waits for."""

    case_id: int
    subscription_id: int

    def answer(self, reading: Reading) -> Awaited:
        """Return it.

        Raises:
            NotFound: If there is no such case, or it waits for this no longer.
            NotAllowed: If the case is not for this person.
        """
        for awaited in AwaitedMessages(self.case_id).answer(reading):
            if awaited.id == self.subscription_id and awaited.kind == "message":
                return awaited
        raise NotFound(
            "Expected the case to wait for what you recorded, but it does so no longer."
        )


def _awaited(reading: Reading, case: Case, row: Subscription) -> Awaited:
    process = reading.loaded(case.deployment_id).definitions.processes[row.process_id]
    return Awaited(
        id=row.id,
        name=process.elements[row.element_id].name or row.name,
        message=row.name,
        key=row.key,
        since=row.created_at,
        kind=row.kind,
    )
