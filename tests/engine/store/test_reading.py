"""What only looks at the tables writes nothing, and costs the server little."""

from contextlib import suppress

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import InternalError

from engine.model import SYSTEM
from engine.store.models import Unit

_PREPARED = text("SELECT count(*) FROM pg_prepared_statements")


def count_units(reading):
    return reading.session.scalar(select(func.count()).select_from(Unit))


def test_nothing_that_it_does_stays(database, clock):
    with database.reading(clock.now(), SYSTEM) as reading:
        before = count_units(reading)

    with database.reading(clock.now(), SYSTEM) as reading:
        reading.session.add(Unit(key="nowhere", name="无", kind="branch"))
    with suppress(InternalError), database.reading(clock.now(), SYSTEM) as reading:
        reading.session.execute(text("UPDATE unit SET name = 'other'"))

    with database.reading(clock.now(), SYSTEM) as reading:
        assert count_units(reading) == before
        assert reading.session.scalar(select(Unit).where(Unit.name == "other")) is None


@pytest.mark.parametrize("ground", ["postgresql"], indirect=True)
@pytest.mark.postgres
def test_what_is_asked_often_stays_prepared_from_one_look_to_the_next(database, clock):
    for _ in range(60):
        with database.reading(clock.now(), SYSTEM) as reading:
            reading.person_called("lin")

    with database.reading(clock.now(), SYSTEM) as reading:
        assert reading.session.scalar(_PREPARED) > 0
