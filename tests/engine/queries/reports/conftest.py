"""A ledger of four months with complaints of two units, on each kind of database."""

from datetime import UTC, datetime

import pytest

from engine.commands.policies.deployments import DeployBundle
from engine.runtime import Engine
from tests.keeping import cancel, register, settle
from tests.ledgers import with_reports


def at(month: int, day: int, hour: int = 2) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def fill(engine: Engine, clock, minimal, who) -> None:
    """Register, settle and cancel complaints from January to April."""
    engine.run(DeployBundle(with_reports(minimal)), by=who("root"))
    for month in (1, 2, 3):
        for day, unit in ((4, "north"), (5, "south"), (6, "north")):
            subject = "再次漏水" if day == 6 else "水泵漏水"
            case = register(engine, clock, at(month, day), unit=unit, subject=subject)
            if day == 4:
                settle(engine, clock, case, at(month, day, 4))
            if day == 5:
                settle(engine, clock, case, at(month, 20), found="反复")
            if (month, day) == (2, 6):
                settle(engine, clock, case, at(month, 7), fault="quality")
    dropped = register(engine, clock, at(3, 10))
    cancel(engine, clock, dropped, at(3, 11))
    hidden = register(engine, clock, at(3, 12), unit="south", personComplainedOf="zhao")
    settle(engine, clock, hidden, at(4, 2))
    clock.moment = at(4, 8)


@pytest.fixture
def kept(ground, engine, clock, minimal, who) -> Engine:
    """An engine with the ledger; it is the eighth of April."""
    ground.reach("ledger", lambda: fill(engine, clock, minimal, who))
    clock.moment = at(4, 8)
    return engine
