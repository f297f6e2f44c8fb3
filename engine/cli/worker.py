"""``complaintflow worker``: does what falls due, apart from the web pages."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from engine.cli.installation import open_engine
from engine.cli.session import Session, pass_session
from engine.cli.spoken import SpokenCommand
from engine.health import HealthServer
from engine.runtime import Engine
from engine.watch import set_up_logs
from engine.worker import Worker, open_worker


@click.command(cls=SpokenCommand)
@click.option("--health-port", type=int, help="Answer a watchdog on this port.")
@click.option(
    "--health-host", default="127.0.0.1", show_default=True, help="Where to answer it."
)
@pass_session
def worker(session: Session, health_port: int | None, health_host: str) -> None:
    """Do what falls due, until told to stop."""
    set_up_logs()
    with open_engine(session) as engine:
        running = open_worker(engine)
        _stop_when_told(running)
        with _watched(engine, running, health_host, health_port):
            running.start()
            session.say("The worker does what falls due. Ctrl+C ends it.")
            running.wait()
            running.stop()
        if running.trouble is not None:
            raise running.trouble


def _stop_when_told(running: Worker) -> None:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        running.tell_to_stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


@contextmanager
def _watched(
    engine: Engine, running: Worker, host: str, port: int | None
) -> Iterator[None]:
    """Answer a watchdog while the block runs, if one was asked for."""
    if port is None:
        yield
        return
    server = HealthServer(engine, lambda: running.is_alive, host, port)
    server.start()
    try:
        yield
    finally:
        server.stop()
