"""Runs one job: takes it, does it, says how it went."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from email.utils import parseaddr

import structlog
from markdown_it import MarkdownIt
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from structlog.contextvars import bound_contextvars

from engine.commands.jobs.lifecycle import (
    FailJob,
    FinishJob,
    KeepJob,
    PutOff,
    TakeJob,
    TakenJob,
)
from engine.commands.operations.dispatch import IN_HERE, OUTSIDE, command_of
from engine.delivery import ChatTransport, DeliveryError, Mail, Transport
from engine.model import SYSTEM, Rejected, Sentence, Unavailable
from engine.queries.operations.owed import ChatOwed, DueJobs, MailOwed, OwedMail
from engine.runtime import Engine
from engine.worker.resting import Rest
from engine.worker.speaking import say_owed

_log = structlog.get_logger("worker")

#: Seconds between the tries to note that something was sent, while the database is away.
_UNTIL_NOTED = (1, 2, 4, 8, *[15] * 20)


class JobRunner:
    """Runs jobs of one installation, one at a time for each caller.

    Args:
        engine: Whose jobs.
        transport: What carries e-mail; without one, e-mail waits.
        chats: What speaks to robots; without it, their messages wait.
        kinds: What it runs; all that it can unless said otherwise.
        after: What to call after each job that was run.
    """

    def __init__(
        self,
        engine: Engine,
        transport: Transport | None = None,
        kinds: tuple[str, ...] | None = None,
        after: Callable[[], None] = lambda: None,
        *,
        chats: ChatTransport | None = None,
    ) -> None:
        self._engine = engine
        self._transport = transport
        self._chats = chats
        outside = (("email",) if transport else ()) + (("chat",) if chats else ())
        self._every_kind = kinds or (*IN_HERE, *outside)
        self._after = after
        self._rest = Rest(engine.clock)
        self._lease = timedelta(seconds=engine.settings.lease)
        self._told_to_stop = threading.Event()
        #: When it last began a job, by the clock that only goes forward.
        self.began_at = time.monotonic()
        self._markdown = MarkdownIt("commonmark", {"html": False})

    @property
    def kinds(self) -> tuple[str, ...]:
        """What it runs at present: no e-mail just after the mail server was away."""
        if not self._rest.is_on:
            return self._every_kind
        return tuple(kind for kind in self._every_kind if kind != "email")

    def stop(self) -> None:
        """Wait for nothing any longer."""
        self._told_to_stop.set()

    def run_due(self, limit: int = 100) -> int:
        """Run the jobs that are due now, the oldest first, and return how many were run."""
        if not self.kinds:
            return 0
        due = self._engine.ask(DueJobs(limit, self.kinds), by=SYSTEM)
        return sum(self.run(job_id) for job_id in due)

    def run(self, job_id: int) -> bool:
        """Run one job if it is due and nobody has it; tell whether it was run."""
        kinds = self.kinds
        if not kinds or self._told_to_stop.is_set():
            return False
        self.began_at = time.monotonic()
        with bound_contextvars(job=job_id):
            try:
                job = self._engine.run(TakeJob(job_id, kinds, self._lease), by=SYSTEM)
            except Rejected as refusal:
                _log.info("job_gone", reason=refusal.sentence.template)
                return False
            if job is None:
                return False
            with bound_contextvars(kind=job.kind, case=job.case_id, attempt=job.attempts):
                self._do(job)
        self._after()
        return True

    def _do(self, job: TakenJob) -> None:
        try:
            self._carry_out(job)
        except DeliveryError as error:
            _log.warning(
                "job_refused",
                reason=error.sentence.template,
                code=error.sentence.values.get("code"),
            )
            if error.away:
                self._rest.begin()
            patient = not error.uncertain and not error.permanent
            self._fail(job, error.sentence, permanent=error.permanent, patient=patient)
        except Unavailable as refusal:
            _log.warning("job_put_off", reason=refusal.sentence.template)
            with suppress(Rejected):
                self._engine.run(PutOff(job.id, job.attempts), by=SYSTEM)
        except Rejected as refusal:
            # Its case went on or was cancelled between taking the job and doing it.
            _log.info("job_overtaken", reason=refusal.sentence.template)
            self._fail(job, refusal.sentence)
        except OperationalError:
            raise  # The database is away, and with it the place to say so.
        except Exception as error:
            _log.exception("job_failed")
            self._fail(job, _unforeseen(error))
        else:
            _log.info("job_done")

    def _carry_out(self, job: TakenJob) -> None:
        if job.kind in OUTSIDE:
            with self._held(job):
                self._send_out(job)
            self._note_sent(job)
            return
        command = command_of(job)
        if command is not None:
            self._engine.run(command, by=SYSTEM)

    def _send_out(self, job: TakenJob) -> None:
        if job.kind == "email" and self._transport is not None:
            self._send(job, self._transport)
        elif job.kind == "chat" and self._chats is not None:
            site = self._engine.settings.url
            owed = ChatOwed(job.payload["delivery"], site)
            say_owed(self._chats, self._engine.ask(owed, by=SYSTEM))

    def _send(self, job: TakenJob, transport: Transport) -> None:
        delivery = job.payload["delivery"]
        owed = self._engine.ask(MailOwed(delivery, self._engine.settings.url), by=SYSTEM)
        sender = self._engine.settings.mail_sender
        transport.send(
            Mail(
                message_id=_message_id(delivery, owed, sender),
                sender=sender,
                to=owed.address,
                subject=owed.title,
                text=owed.body,
                html=self._markdown.render(owed.body),
                sent_at=self._engine.clock.now(),
            )
        )
        self._rest.end()

    @contextmanager
    def _held(self, job: TakenJob) -> Iterator[None]:
        """Lengthen the lease again and again while the block runs."""
        over = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(job, over), name="lease")
        keeper.start()
        try:
            yield
        finally:
            over.set()
            keeper.join()

    def _keep(self, job: TakenJob, over: threading.Event) -> None:
        keep = KeepJob(job.id, job.attempts, self._lease)
        while not over.wait(self._lease.total_seconds() / 4):
            try:
                self._engine.run(keep, by=SYSTEM)
            except (SQLAlchemyError, Unavailable) as error:
                _log.warning("lease_not_kept", job=job.id, error=type(error).__name__)

    def _note_sent(self, job: TakenJob) -> None:
        """Say that it was sent, for as long as it takes: unsaid, it is sent again."""
        for pause in _UNTIL_NOTED:
            try:
                self._engine.run(FinishJob(job.id), by=SYSTEM)
            except (OperationalError, Unavailable) as error:
                _log.warning("sent_not_noted", error=type(error).__name__)
                if self._told_to_stop.wait(pause):
                    break
            else:
                return
        self._engine.run(FinishJob(job.id), by=SYSTEM)

    def _fail(
        self,
        job: TakenJob,
        reason: Sentence,
        *,
        permanent: bool = False,
        patient: bool = False,
    ) -> None:
        failed = FailJob(job.id, reason, permanent, patient, attempt=job.attempts)
        try:
            self._engine.run(failed, by=SYSTEM)
        except Rejected as refusal:
            _log.info("job_ended_meanwhile", reason=refusal.sentence.template)


def _message_id(delivery: int, owed: OwedMail, sender: str) -> str:
    """Return the same id for each attempt, and another one after a restored backup."""
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return f"<delivery-{delivery}.{owed.at:%Y%m%d%H%M%S%f}@{domain}>"


def _unforeseen(error: Exception) -> Sentence:
    return Sentence(
        "Expected the job to be carried out, but an unforeseen error stopped it: {error}.",
        {"error": f"{type(error).__name__}: {error}"},
    )
