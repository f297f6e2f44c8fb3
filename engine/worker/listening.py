"""Hears of announced jobs through procrastinate, on PostgreSQL."""

import asyncio
import contextlib
import threading

import procrastinate
import structlog

from engine.queue import RUN_JOB
from engine.queue.postgres import plain_address
from engine.worker.running import JobRunner

_CONCURRENCY = 4
_UNTIL_CONNECTED = 5.0  #: Seconds to wait for a connection, also when it is to end.
_UNTIL_DONE = 30.0  #: Seconds that jobs have to end in.
_log = structlog.get_logger("worker")


class ProcrastinateListener:
    """Runs announced jobs in threads of a procrastinate worker.

    Args:
        address: The SQLAlchemy address of the database.
        runner: What runs one job.
    """

    def __init__(self, address: str, runner: JobRunner) -> None:
        self._app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(
                conninfo=plain_address(address), timeout=_UNTIL_CONNECTED
            )
        )
        self._app.task(name=RUN_JOB)(self._heard)
        self._app.periodic(cron="*/5 * * * *")(
            self._app.task(name="complaintflow.clear", pass_context=False)(self._clear)
        )
        self._runner = runner
        self._told_to_stop = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._work: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        """Begin to listen, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what runs, and listen no more; without a database it waits little."""
        self._told_to_stop.set()
        self._loop.call_soon_threadsafe(self._cancel)
        self._thread.join(_UNTIL_DONE + 2 * _UNTIL_CONNECTED)
        if self._thread.is_alive():
            _log.warning("queue_left", reason="The database is away.")

    def _cancel(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._work = self._loop.create_task(self._listen())
        with contextlib.suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._work)
        with contextlib.suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._end_what_is_left())
        self._loop.close()

    async def _end_what_is_left(self) -> None:
        """End what stands around a pool that was cut off from the database."""
        with contextlib.suppress(procrastinate.exceptions.ConnectorException):
            await self._app.close_async()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _listen(self) -> None:
        """Listen; begin again when the database was away."""
        while not self._told_to_stop.is_set():
            try:
                async with self._app.open_async():
                    await self._app.run_worker_async(
                        concurrency=_CONCURRENCY,
                        install_signal_handlers=False,
                        delete_jobs="always",
                        shutdown_graceful_timeout=_UNTIL_DONE,
                    )
            except procrastinate.exceptions.ConnectorException as error:
                # Without a database even the end of listening fails, in place of ending.
                _log.warning("queue_away", error=type(error).__name__)
                if not self._told_to_stop.is_set():
                    await asyncio.sleep(_UNTIL_CONNECTED)

    def _heard(self, job_id: int, **_: object) -> None:
        """Run what was announced; what a later release says besides is not for us."""
        self._runner.run(job_id)

    async def _clear(self, timestamp: int) -> None:
        """Forget announcements whose worker died; the sweep runs what they announced."""
        for job in await self._app.job_manager.get_stalled_jobs():
            await self._app.job_manager.finish_job(
                job, status=procrastinate.jobs.Status.FAILED, delete_job=True
            )
