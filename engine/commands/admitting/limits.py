"""How often strangers may do what costs others time or room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar, Literal

from engine.commands.command import PRIVATE
from engine.model import Rejected
from engine.store.transaction import Transaction
from engine.store.visits import note_visit, visits

Deed = Literal["complaint", "upload", "answer"]


@dataclass(frozen=True, slots=True)
class Limit:
    """So many within a while, from one address or from all together."""

    most: int
    within: timedelta
    everywhere: bool = False


#: Telephones share addresses by the thousand, so that one address may do rather much.
LIMITS: Mapping[Deed, tuple[Limit, ...]] = {
    "complaint": (
        Limit(10, timedelta(minutes=10)),
        Limit(60, timedelta(days=1)),
        Limit(600, timedelta(hours=1), everywhere=True),
    ),
    "upload": (
        Limit(40, timedelta(minutes=10)),
        Limit(200, timedelta(days=1)),
        Limit(2_000, timedelta(hours=1), everywhere=True),
    ),
    "answer": (
        Limit(30, timedelta(minutes=10)),
        Limit(2_000, timedelta(hours=1), everywhere=True),
    ),
}


class TooOften(Rejected):
    """Strangers have done this so often lately that the next one has to wait."""


@dataclass(frozen=True, slots=True)
class AdmitUpload:
    """Let a stranger send one more file, unless there were too many; no event."""

    address: str = field(metadata=PRIVATE)

    journaled: ClassVar[bool] = False

    def run(self, tx: Transaction) -> None:
        """Count the file.

        Raises:
            TooOften: If too many came from there, or altogether, just before.
        """
        refuse_flood(tx, "upload", self.address)


def refuse_flood(tx: Transaction, deed: Deed, address: str) -> None:
    """Count one more *deed* from *address*, unless there were too many lately.

    Raises:
        TooOften: With the minutes until there is room again.
    """
    for limit in LIMITS[deed]:
        here = None if limit.everywhere else address
        count, first = visits(tx, deed, tx.now - limit.within, here)
        if count >= limit.most and first is not None:
            wait = first + limit.within - tx.now
            minutes = max(1, -(-int(wait.total_seconds()) // 60))
            raise TooOften(
                "Too much was sent from here lately. What you typed is still here: send it"
                " again in {minutes} minutes.",
                minutes=minutes,
            )
    note_visit(tx, deed, address)
