from datetime import UTC, datetime

from sqlalchemy import func, select

from engine.commands.people.units import AddUnit
from engine.model import SYSTEM
from engine.simulation.clock import SimulatedClock
from engine.simulation.year.scratch import empty_scratch
from engine.store.madeup.places import hold_places
from engine.store.models import Base, Chain, JournalLine

CLOCK = SimulatedClock(datetime(2026, 3, 2, tzinfo=UTC))


def worked_in(part, folder, base):
    """Return the streams and numbers of journal lines after something was done."""
    engine = empty_scratch(CLOCK, folder, None, part)
    hold_places(engine.database.connections, 100)  # As what they begin with has done.
    hold_places(engine.database.connections, base)
    engine.run(AddUnit("hq", "总部", "headquarters", None), by=SYSTEM)
    with engine.database.connections.connect() as connection:
        streams = connection.scalars(select(Chain.stream)).all()
        numbers = connection.scalars(
            select(JournalLine.seq).where(JournalLine.stream.startswith("demo:"))
        ).all()
    engine.close()
    return set(streams), set(numbers)


def test_what_is_made_apart_can_be_taken_in_together(tmp_path):
    one = worked_in("retail", tmp_path, 1000)
    other = worked_in("hotel", tmp_path, 2000)

    assert one == ({"demo:retail/unit:hq"}, {1000})
    assert other == ({"demo:hotel/unit:hq"}, {2000})


def test_every_table_numbers_its_rows_anew(tmp_path):
    engine = empty_scratch(CLOCK, tmp_path, None, "retail")
    for base in (100, 5000):
        hold_places(engine.database.connections, base)

    with engine.database.connections.connect() as connection:
        highest = {
            table.name: connection.scalar(select(func.max(table.autoincrement_column)))
            for table in Base.metadata.sorted_tables
            if table.autoincrement_column is not None
        }
    engine.close()
    assert set(highest.values()) == {4999}
