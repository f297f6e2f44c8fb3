"""Opens the installation that the settings name."""

from collections.abc import Iterator
from contextlib import contextmanager

from engine.cli.session import Session
from engine.runtime import Engine


@contextmanager
def open_engine(session: Session) -> Iterator[Engine]:
    """Give the engine of the installation, its database as new as the program."""
    engine = Engine(session.settings)
    try:
        engine.migrate()
        yield engine
    finally:
        engine.close()
