"""``complaintflow db``: the database itself."""

import click

from engine.cli.session import Session, pass_session
from engine.cli.spoken import SpokenGroup
from engine.runtime import Engine


@click.group(cls=SpokenGroup)
def db() -> None:
    """Look after the database."""


@db.command()
@pass_session
def upgrade(session: Session) -> None:
    """Bring the tables to what this version of the program needs."""
    engine = Engine(session.settings)
    try:
        engine.migrate()
    finally:
        engine.close()
    session.say("The database is up to date.")
