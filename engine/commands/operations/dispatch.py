"""Says which command does a job."""

from collections.abc import Mapping

from engine.commands.cases.erasing import DeleteFiles, EraseExpired
from engine.commands.command import Command
from engine.commands.jobs.lifecycle import (
    SENT_OUTSIDE,
    CarryOut,
    ExpireMessage,
    FireTimer,
    Remind,
    TakenJob,
)
from engine.commands.jobs.schedules import StartScheduled
from engine.commands.operations.upkeep import DropUnsent, SealJournal
from engine.commands.outside.signals import DeliverSignal
from engine.commands.policies.rebuilding import RebuildLedger

_COMMANDS: Mapping[
    str,
    type[
        CarryOut
        | DeleteFiles
        | DeliverSignal
        | DropUnsent
        | EraseExpired
        | ExpireMessage
        | FireTimer
        | RebuildLedger
        | Remind
        | SealJournal
        | StartScheduled
    ],
] = {
    "timer": FireTimer,
    "signal": DeliverSignal,
    "work": CarryOut,
    "reminder": Remind,
    "overdue": Remind,
    "expire": ExpireMessage,
    "schedule": StartScheduled,
    "checkpoint": SealJournal,
    "retention": EraseExpired,
    "unsent": DropUnsent,
    "ledger": RebuildLedger,
    "delete-files": DeleteFiles,
}

#: The kinds of job that this release can do. A kind never changes its meaning: what a
#: later release owes in another way has another name, and is left to workers of that one.
IN_HERE = tuple(_COMMANDS)
OUTSIDE = SENT_OUTSIDE


def command_of(job: TakenJob) -> Command[object] | None:
    """Return the command that does *job*; None for what happens outside, as mail does."""
    command = _COMMANDS.get(job.kind)
    return None if command is None else command(job.id)
