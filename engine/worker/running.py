"""Runs one job: takes it, does it, says how it went."""

import structlog
from markdown_it import MarkdownIt

from engine.commands.dispatch import command_of
from engine.commands.jobs import FailJob, FinishJob, TakeJob, TakenJob
from engine.delivery import DeliveryError, Mail, Transport
from engine.model import SYSTEM, Rejected, Sentence
from engine.queries.owed import DueJobs, MailOwed
from engine.runtime import Engine

_log = structlog.get_logger("worker")


class JobRunner:
    """Runs jobs of one installation, one at a time for each caller.

    Args:
        engine: Whose jobs.
        transport: What carries e-mail; without one, e-mail waits.
    """

    def __init__(self, engine: Engine, transport: Transport | None = None) -> None:
        self._engine = engine
        self._transport = transport
        #: Kinds of job that are left to a worker that can do them.
        self._without = () if transport else ("email",)
        self._markdown = MarkdownIt("commonmark", {"html": False})

    def run_due(self, limit: int = 100) -> int:
        """Run the jobs that are due now, the oldest first, and return how many were run."""
        due = self._engine.ask(DueJobs(limit, self._without), by=SYSTEM)
        return sum(self.run(job_id) for job_id in due)

    def run(self, job_id: int) -> bool:
        """Run one job if it is due and nobody has it; tell whether it was run."""
        try:
            job = self._engine.run(TakeJob(job_id, self._without), by=SYSTEM)
        except Rejected as refusal:
            _log.info("job_gone", job=job_id, reason=str(refusal))
            return False
        if job is None:
            return False
        self._do(job)
        return True

    def _do(self, job: TakenJob) -> None:
        log = _log.bind(job=job.id, kind=job.kind, case=job.case_id, attempt=job.attempts)
        try:
            self._carry_out(job)
        except DeliveryError as error:
            log.warning("job_refused", reason=str(error))
            self._fail(job, error.sentence, permanent=error.permanent)
        except Rejected as refusal:
            # Its case went on or was cancelled between taking the job and doing it.
            log.info("job_overtaken", reason=str(refusal))
            self._fail(job, refusal.sentence, permanent=False)
        except Exception as error:
            log.exception("job_failed")
            self._fail(job, _unforeseen(error), permanent=False)
        else:
            log.info("job_done")

    def _carry_out(self, job: TakenJob) -> None:
        if job.kind == "email" and self._transport is not None:
            self._send(job, self._transport)
            self._engine.run(FinishJob(job.id), by=SYSTEM)
            return
        command = command_of(job)
        if command is not None:
            self._engine.run(command, by=SYSTEM)

    def _send(self, job: TakenJob, transport: Transport) -> None:
        delivery = job.payload["delivery"]
        owed = self._engine.ask(MailOwed(delivery), by=SYSTEM)
        sender = self._engine.settings.mail_sender
        transport.send(
            Mail(
                message_id=f"<delivery-{delivery}@{sender.rpartition('@')[2]}>",
                sender=sender,
                to=owed.address,
                subject=owed.title,
                text=owed.body,
                html=self._markdown.render(owed.body),
                sent_at=self._engine.clock.now(),
            )
        )

    def _fail(self, job: TakenJob, reason: Sentence, *, permanent: bool) -> None:
        try:
            self._engine.run(FailJob(job.id, reason, permanent=permanent), by=SYSTEM)
        except Rejected as refusal:
            _log.info("job_ended_meanwhile", job=job.id, reason=str(refusal))


def _unforeseen(error: Exception) -> Sentence:
    return Sentence(
        "Expected the job to be carried out, but an unforeseen error stopped it: {error}.",
        {"error": f"{type(error).__name__}: {error}"},
    )
