"""What there is of demo data, and what it could be made of."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from engine.model import Sentence
from engine.policy.parts import POLICY
from engine.policy.settings import read_settings
from engine.queries.showing.visibility import require_right
from engine.reckoning.months import first_day, month_of, moved
from engine.store.madeup.status import status_of
from engine.store.models import Case, DeploymentFile, Person, Policy
from engine.store.models.columns import sentence_from
from engine.store.reading import Reading

MONTHS = 12  #: Whole ones, before the present one.


@dataclass(frozen=True, slots=True)
class PolicyYear:
    """A policy of which cases can be made."""

    policy: str
    begin: datetime  #: The first moment of the first month.
    work: int  #: How much there is to do, beside the others.


@dataclass(frozen=True, slots=True)
class YearsToMake:
    """The policies that demo cases can be made of: those with scenarios."""

    def answer(self, reading: Reading) -> tuple[PolicyYear, ...]:
        """Return them in the order of their keys."""
        require_right(reading.actor, "admin")
        chosen = select(Policy.key, Policy.active_deployment_id)
        active = chosen.where(Policy.active_deployment_id.is_not(None))
        years = [
            _year(reading, key, deployment_id)
            for key, deployment_id in reading.session.execute(active.order_by(Policy.key))
        ]
        return tuple(year for year in years if year is not None)


def _year(reading: Reading, policy: str, deployment_id: int | None) -> PolicyYear | None:
    """Return the year of a policy; None where there is nothing to make it of.

    Only its head is read: the whole takes as long as many cases.
    """
    files = dict(
        reading.session.execute(
            select(DeploymentFile.path, DeploymentFile.content).where(
                DeploymentFile.deployment_id == deployment_id,
                or_(
                    DeploymentFile.path == POLICY,
                    DeploymentFile.path.startswith("scenarios/"),
                ),
            )
        ).all()
    )
    settings, _ = read_settings(POLICY, files.pop(POLICY).decode("utf-8-sig"))
    if settings is None or not files or not settings.demo.monthly:
        return None
    zone = ZoneInfo(settings.zone)
    day = first_day(moved(month_of(reading.now.astimezone(zone).date()), -MONTHS))
    steps = sum(content.count(b"[[step]]") for content in files.values()) / len(files)
    return PolicyYear(
        policy=policy,
        begin=datetime(day.year, day.month, day.day, tzinfo=zone),
        work=int(settings.demo.monthly * steps),
    )


@dataclass(frozen=True, slots=True)
class DemoView:
    """The demo data of an installation."""

    is_busy: bool  #: Whether it is being made or removed just now.
    percent: int  #: How far its making is.
    made: int  #: The cases made so far.
    cases: int  #: That are here.
    trouble: Sentence | None  #: Why its making came to no end.
    is_demo: bool  #: Whether the installation is one for demonstrations.


@dataclass(frozen=True, slots=True)
class DemoData:
    """What there is of demo data."""

    def answer(self, reading: Reading) -> DemoView:
        """Return it.

        Raises:
            NotAllowed: If the person does not administer.
        """
        require_right(reading.actor, "admin")
        status = status_of(reading)
        cases = reading.session.scalar(
            select(func.count()).select_from(Case).where(Case.demo)
        )
        logins = select(Person.id).where(
            Person.demo, Person.active, Person.password_hash.is_not(None)
        )
        return DemoView(
            is_busy=status is not None and status.is_alive(reading.now),
            percent=status.percent if status else 0,
            made=status.cases if status else 0,
            cases=cases or 0,
            trouble=sentence_from(status.trouble) if status and status.trouble else None,
            is_demo=reading.session.scalar(logins.limit(1)) is not None,
        )
