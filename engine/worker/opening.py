"""Puts together the worker that an installation needs."""

from engine.commands.upkeep import PlanUpkeep
from engine.delivery import open_transport
from engine.model import SYSTEM
from engine.runtime import Engine
from engine.worker.listening import ProcrastinateListener
from engine.worker.running import JobRunner
from engine.worker.worker import Worker


def open_worker(engine: Engine) -> Worker:
    """Return the worker of *engine*, with a listener where the database has a queue."""
    engine.run(PlanUpkeep(), by=SYSTEM)
    runner = JobRunner(engine, open_transport(engine.settings.mail_url))
    if engine.database.holdings.queue is None:
        return Worker(engine, runner)
    listener = ProcrastinateListener(engine.settings.database_url, runner)
    return Worker(engine, runner, listener)
