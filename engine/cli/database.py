"""``complaintflow db``: the database itself."""

import click

from engine.cli.installation import open_engine
from engine.cli.session import Session, pass_session
from engine.cli.spoken import SpokenGroup


@click.group(cls=SpokenGroup)
def db() -> None:
    """Look after the database."""


@db.command()
@pass_session
def upgrade(session: Session) -> None:
    """Bring the tables to what this version of the program needs."""
    with open_engine(session):
        session.say("The database is up to date.")
