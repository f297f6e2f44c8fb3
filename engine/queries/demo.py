"""What there is of demo data, and what it could be made of."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from engine.model import Sentence
from engine.policy.parts import read_parts
from engine.queries.visibility import require_right
from engine.reckoning.months import first_day, month_of, moved
from engine.store.madeup.status import status_of
from engine.store.models import Case, Person, Policy
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
        found = []
        for policy in reading.session.scalars(select(Policy).order_by(Policy.key)):
            if policy.active_deployment_id is None:
                continue
            loaded = reading.loaded(policy.active_deployment_id)
            scenarios = read_parts(loaded.bundle).scenarios.values()
            if not scenarios or not loaded.settings.demo.monthly:
                continue
            zone = ZoneInfo(loaded.settings.zone)
            month = moved(month_of(reading.now.astimezone(zone).date()), -MONTHS)
            day = first_day(month)
            steps = sum(len(each.steps) for each in scenarios) / len(scenarios)
            found.append(
                PolicyYear(
                    policy=policy.key,
                    begin=datetime(day.year, day.month, day.day, tzinfo=zone),
                    work=int(loaded.settings.demo.monthly * steps),
                )
            )
        return tuple(found)


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
