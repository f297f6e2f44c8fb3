"""Puts together the worker that an installation needs."""

from engine.commands.operations.dispatch import IN_HERE
from engine.commands.operations.upkeep import PlanUpkeep
from engine.delivery import RobotTransport, open_transport
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
    # A letter is owed by another job, so that the senders look after each of them.
    runner = JobRunner(engine, kinds=IN_HERE, after=lambda: worker.wake_senders())
    transport = open_transport(engine.settings.mail_url)
    mail = JobRunner(engine, transport, kinds=("email",)) if transport else None
    robots = RobotTransport(engine.settings)
    chats = JobRunner(engine, kinds=("chat",), chats=robots)
    listener = None
    if engine.database.holdings.queue is not None:
        listener = ProcrastinateListener(engine.settings.database_url, runner)
    worker = Worker(engine, runner, listener, mail, chats)
    return worker
