"""Opens the installation that the settings name."""

from collections.abc import Iterator
from contextlib import contextmanager

from engine.cli.session import Session
from engine.runtime import Engine
from engine.store.connections import is_embedded


@contextmanager
def open_engine(session: Session) -> Iterator[Engine]:
    """Give the engine of the installation.

    The embedded database is made as new as the program. One that other machines may be
    working on is changed by ``complaintflow db upgrade`` alone.

    Raises:
        EngineError: If the database is one for another release.
    """
    engine = Engine(session.settings)
    try:
        if is_embedded(session.settings.database_url):
            engine.migrate()
        else:
            engine.database.refuse_other_schema()
        yield engine
    finally:
        engine.close()
