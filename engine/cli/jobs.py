"""``complaintflow jobs``: what the machine owes, and doing it now."""

import click

from engine.cli.installation import open_engine
from engine.cli.session import Session, pass_session, print_json
from engine.cli.spoken import SpokenGroup
from engine.delivery import RobotTransport, open_transport
from engine.model import SYSTEM
from engine.queries.operations.troubles import Jobs
from engine.worker import JobRunner

_STATES = ("waiting", "running", "done", "failed", "cancelled")


@click.group(cls=SpokenGroup)
def jobs() -> None:
    """See what the machine owes, and let it do what is due."""


@jobs.command("list")
@click.option("--state", type=click.Choice(_STATES), default="waiting", show_default=True)
@click.option("--limit", default=50, help="How many at most.")
@click.option("--json", "as_data", is_flag=True, help="Print for a machine.")
@pass_session
def list_jobs(session: Session, state: str, limit: int, as_data: bool) -> None:
    """List jobs, the next due first."""
    with open_engine(session) as engine:
        rows = engine.ask(Jobs(state=state, size=limit), by=SYSTEM).rows
    if as_data:
        print_json(
            [
                {
                    "id": job.id,
                    "kind": job.kind,
                    "case": job.case_number,
                    "due": job.due_at.isoformat(),
                    "state": job.state,
                    "attempts": job.attempts,
                    "error": session.phrase(job.last_error) if job.last_error else None,
                }
                for job in rows
            ]
        )
        return
    for job in rows:
        due = job.due_at.isoformat(timespec="minutes")
        click.echo(f"{job.id}\t{job.kind}\t{job.case_number or '-'}\t{due}\t{job.state}")
    if not rows:
        session.say("There are no such jobs.")


@jobs.command("run")
@pass_session
def run_jobs(session: Session) -> None:
    """Do everything that is due now, and end."""
    done = 0
    with open_engine(session) as engine:
        runner = JobRunner(
            engine,
            open_transport(session.settings.mail_url),
            chats=RobotTransport(session.settings),
        )
        while ran := runner.run_due():
            done += ran
    session.say("Jobs done: {count}.", count=done)
