"""Puts together the worker that an installation needs."""

from engine.commands.dispatch import IN_HERE, OUTSIDE
from engine.commands.upkeep import PlanUpkeep
from engine.delivery import open_transport
from engine.model import SYSTEM
from engine.runtime import Engine
from engine.worker.listening import ProcrastinateListener
from engine.worker.running import JobRunner
from engine.worker.worker import Worker


def open_worker(engine: Engine) -> Worker:
    """Return the worker of *engine*, with a listener where the database has a queue.

    Raises:
        EngineError: If the database is one for another release.
    """
    engine.database.refuse_other_schema()
    engine.run(PlanUpkeep(), by=SYSTEM)
    # A letter is owed by another job, so that the mail looks after each of them.
    runner = JobRunner(engine, kinds=IN_HERE, after=lambda: worker.wake_mail())
    transport = open_transport(engine.settings.mail_url)
    mail = JobRunner(engine, transport, kinds=OUTSIDE) if transport else None
    listener = None
    if engine.database.holdings.queue is not None:
        listener = ProcrastinateListener(engine.settings.database_url, runner)
    worker = Worker(engine, runner, listener, mail)
    return worker
