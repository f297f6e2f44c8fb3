"""``complaintflow verify``: whether anybody changed journal, cases or signatures."""

import click

from engine.cli.installation import open_engine
from engine.cli.session import Session, pass_session, print_json
from engine.cli.spoken import SpokenCommand
from engine.model import SYSTEM, SystemClock
from engine.store.agreeing import find_disagreements
from engine.store.signatures import find_signature_faults
from engine.store.verifying import verify as faults_of_journal


@click.command(cls=SpokenCommand)
@click.option("--json", "as_data", is_flag=True, help="Print for a machine.")
@pass_session
def verify(session: Session, as_data: bool) -> None:
    """Find what was changed or lost in the journal, in entries, and in what cases await."""
    with (
        open_engine(session) as engine,
        engine.database.reading(SystemClock().now(), SYSTEM) as reading,
    ):
        faults = faults_of_journal(reading) + find_disagreements(reading)
        faults += find_signature_faults(reading)
    if as_data:
        print_json(
            [
                {
                    "stream": fault.stream,
                    "position": fault.position,
                    "what": session.phrase(fault.sentence),
                }
                for fault in faults
            ]
        )
    else:
        for fault in faults:
            click.echo(session.phrase(fault.sentence))
        if not faults:
            session.say(
                "The journal is as it was written, and every case waits for what its"
                " records say."
            )
    if faults:
        raise click.exceptions.Exit(1)
