"""What whoever watches over the installation asks: is the machine's work getting done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select

from engine.store.models import Incident, Job
from engine.store.reading import Reading

#: Refused mail is due again within an hour; what is due later was never tried.
_LONGEST_WAIT = timedelta(hours=1)
_LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class MailWaiting:
    """Mail that is owed and has not left the house."""

    count: int
    since: datetime | None  #: When the oldest was written.
    failed: int  #: Given up, until somebody tries again.
    is_late: bool  #: Somebody should look at the mail server.


@dataclass(frozen=True, slots=True)
class VitalSigns:
    """How the machine's work stands."""

    due: Mapping[str, int]  #: Jobs that nobody has begun, by kind.
    oldest_due: Mapping[str, datetime]  #: By kind, since when the oldest of them is due.
    failed: Mapping[str, int]  #: Jobs that were given up, by kind.
    incidents: int  #: Those that are open.
    mail: MailWaiting


@dataclass(frozen=True, slots=True)
class Vitals:
    """How the machine's work stands."""

    def answer(self, reading: Reading) -> VitalSigns:
        """Return it, whoever asks: it says nothing of any case."""
        due = _due(reading)
        failed = _failed(reading)
        mail = mail_waiting(reading, failed.get("email", 0))
        open_ones = select(func.count()).where(Incident.state == "open")
        return VitalSigns(
            due={kind: count for kind, (count, _) in due.items()},
            oldest_due={kind: oldest for kind, (_, oldest) in due.items()},
            failed=failed,
            incidents=reading.session.scalar(open_ones) or 0,
            mail=mail,
        )


@dataclass(frozen=True, slots=True)
class MailOutbox:
    """The mail that has not left the house."""

    def answer(self, reading: Reading) -> MailWaiting:
        """Return how much there is, and since when."""
        return mail_waiting(reading, _failed(reading).get("email", 0))


def mail_waiting(reading: Reading, failed: int) -> MailWaiting:
    """Return the mail that waits, beside what was given up."""
    waits = and_(Job.state == "waiting", Job.due_at <= reading.now + _LONGEST_WAIT)
    count, since = reading.session.execute(
        select(func.count(), func.min(Job.created_at)).where(
            Job.kind == "email", or_(waits, Job.state == "running")
        )
    ).one()
    late = since is not None and reading.now - since > _LATE
    return MailWaiting(count, since, failed, late or failed > 0)


def _due(reading: Reading) -> dict[str, tuple[int, datetime]]:
    now = reading.now
    rows = reading.session.execute(
        select(Job.kind, func.count(), func.min(Job.due_at))
        .where(
            or_(
                and_(Job.state == "waiting", Job.due_at <= now),
                and_(Job.state == "running", Job.locked_until <= now),
            )
        )
        .group_by(Job.kind)
    )
    return {kind: (count, oldest) for kind, count, oldest in rows}


def _failed(reading: Reading) -> dict[str, int]:
    rows = reading.session.execute(
        select(Job.kind, func.count()).where(Job.state == "failed").group_by(Job.kind)
    )
    return {kind: count for kind, count in rows}  # noqa: C416 (typed rows, no tuples)
