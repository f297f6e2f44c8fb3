"""``complaintflow worker``: does what falls due, apart from the web pages."""

import signal
import threading
from types import FrameType

import click

from engine.cli.installation import open_engine
from engine.cli.session import Session, pass_session
from engine.cli.spoken import SpokenCommand
from engine.worker import open_worker


@click.command(cls=SpokenCommand)
@pass_session
def worker(session: Session) -> None:
    """Do what falls due, until told to stop."""
    told_to_stop = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        told_to_stop.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    with open_engine(session) as engine:
        running = open_worker(engine)
        running.start()
        session.say("The worker does what falls due. Ctrl+C ends it.")
        told_to_stop.wait()
        running.stop()
