"""What a case takes on disk: its state while it runs, all of it when it is over."""

from collections.abc import Mapping, Sequence
from contextlib import closing

from sqlalchemy import Connection, text

from bench.grounds import DATABASES, OpenTasks, finish_case, ground, settle, start_case
from bench.values import form
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import Actor
from engine.runtime import Engine
from engine.store.models import SavedExecution

_FIRST, _MEASURED = 20, 300
_PRESENT = "SELECT name, sum(pgsize) AS size FROM dbstat GROUP BY name"
#: Tables with what they keep apart, and their indexes.
_PRESENT_POSTGRESQL = """
    SELECT c.relname AS name, pg_relation_size(c.oid)
        + CASE WHEN c.reltoastrelid <> 0 THEN pg_total_relation_size(c.reltoastrelid) ELSE 0
        END AS size
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'i')
"""


def measure(databases: Sequence[str] = DATABASES) -> None:
    """Print bytes for a case of ten tasks, by what they are for."""
    print(f"Space on disk (ten tasks, 2 KB of variables, {_MEASURED} cases, packed)")
    for name in databases:
        with ground(name) as place, closing(Engine(place.settings)) as engine:
            engine.migrate()
            clerk = settle(engine, "clerk")
            for _ in range(_FIRST):
                finish_case(engine, clerk)
            before = _sizes(engine)
            for _ in range(_MEASURED):
                finish_case(engine, clerk)
            _print(name, before, _sizes(engine))
            largest = _largest(engine, clerk)
            print(f"    state and variables of a running case {largest:.1f} KB at most")


def _print(name: str, before: Mapping[str, int], after: Mapping[str, int]) -> None:
    grown = {
        part: (size - before.get(part, 0)) / _MEASURED / 1024
        for part, size in after.items()
    }
    print(f"  {name}: a finished case {sum(grown.values()):.1f} KB, of which")
    for part, size in sorted(grown.items(), key=lambda each: -each[1])[:8]:
        print(f"    {part:<40}{size:5.1f} KB")


def _sizes(engine: Engine) -> Mapping[str, int]:
    connections = engine.database.connections
    with connections.connect().execution_options(isolation_level="AUTOCOMMIT") as plain:
        if plain.dialect.name == "postgresql":
            plain.execute(text("VACUUM FULL"))
            return {row.name: row.size for row in plain.execute(text(_PRESENT_POSTGRESQL))}
        return _embedded_sizes(plain)


def _embedded_sizes(connection: Connection) -> Mapping[str, int]:
    held = connection.connection.driver_connection
    assert held is not None
    held.rollback()
    held.execute("VACUUM")
    return dict(held.execute(_PRESENT))


def _largest(engine: Engine, clerk: Actor) -> float:
    """Return the most KB that are kept of where a case stands while it runs."""
    case_id, largest = start_case(engine, clerk), 0
    while open_tasks := engine.ask(OpenTasks(case_id), by=clerk):
        with engine.database.reading(engine.clock.now(), clerk) as reading:
            kept = reading.session.get_one(SavedExecution, case_id)
            parts = (kept.state, kept.variables)
            largest = max(largest, sum(len(part.encode()) for part in parts))
        task_id, element = open_tasks[0]
        engine.run(CompleteTask(task_id, form(element)), by=clerk)
    return largest / 1024
