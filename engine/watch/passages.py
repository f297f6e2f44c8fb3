"""Notes each command on its way through the gate: in the log, and in the counts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

import structlog
from prometheus_client import Counter, Histogram
from structlog.contextvars import bind_contextvars, unbind_contextvars

from engine.model import Actor, Rejected

_COMMANDS = Counter(
    "complaintflow_commands_total",
    "Commands by what became of them: done, repeated, refused or failed.",
    ["command", "outcome"],
)
_SECONDS = Histogram(
    "complaintflow_command_seconds", "Time from the gate to the commit.", ["command"]
)
_log = structlog.get_logger("gate")


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case that a command touched, by what may stand in a log."""

    id: int
    number: str | None
    deployment: int | None


@dataclass(slots=True)
class Passage:
    """What is known of a command while it passes."""

    outcome: str = "done"
    cases: Sequence[SeenCase] = field(default=())


@contextmanager
def passage(name: str, command_id: str, by: Actor, *, quiet: bool) -> Iterator[Passage]:
    """Count a command and log it; its ids stay on later lines of the request or job.

    Args:
        name: Of the command.
        command_id: By which the journal knows it.
        by: Who gave it.
        quiet: Whether it is no event, such as a lease.
    """
    unbind_contextvars("case", "number", "deployment", "cases")
    actor = by.login if by.person_id is None else by.person_id
    bind_contextvars(command=name, command_id=command_id, actor=actor)
    through = Passage()
    reason, began = None, perf_counter()
    try:
        yield through
    except Rejected as refusal:
        through.outcome, reason = "refused", refusal.sentence.template
        raise
    except Exception:
        through.outcome = "failed"
        raise
    finally:
        seconds = perf_counter() - began
        _COMMANDS.labels(name, through.outcome).inc()
        _SECONDS.labels(name).observe(seconds)
        _bind_cases(through.cases)
        # Whoever uses the engine as a library and set up no log gets no lines.
        if structlog.is_configured():
            line = _log.debug if quiet and through.outcome == "done" else _log.info
            told = {} if reason is None else {"reason": reason}
            line("command", outcome=through.outcome, ms=round(seconds * 1000, 1), **told)


def _bind_cases(cases: Sequence[SeenCase]) -> None:
    if not cases:
        return
    first = cases[0]
    bind_contextvars(case=first.id, number=first.number, deployment=first.deployment)
    if len(cases) > 1:
        bind_contextvars(cases=[case.id for case in cases])
