"""What is known of the demo data of an installation: how far it is, what came with it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from engine.model import Json
from engine.store.models import Setting
from engine.store.reading import Reading

#: So long after its last sign whatever made or removed demo data counts as dead.
GIVEN_UP_AFTER = timedelta(minutes=3)
SETTING = "demo-data"  #: The setting that keeps it.


@dataclass(slots=True)
class Status:
    """Of the demo data: whether it is there, and how far its making is."""

    state: Literal["loading", "loaded", "removing", "failed"]
    begun_at: datetime
    moved_at: datetime  #: When it last said how far it is.
    percent: int = 0
    cases: int = 0
    trouble: Json = None  #: Why it came to no end; a sentence as JSON.
    units: list[str] = field(default_factory=list)  #: That came with it.
    people: list[str] = field(default_factory=list)  #: Logins of those who did.

    def is_alive(self, now: datetime) -> bool:
        """Tell whether something is being done with it, and was a moment ago."""
        is_busy = self.state in ("loading", "removing")
        return is_busy and now - self.moved_at < GIVEN_UP_AFTER


def status_of(reading: Reading) -> Status | None:
    """Return what is known of the demo data; None where there is none."""
    kept = reading.session.get(Setting, SETTING)
    return None if kept is None else msgspec.convert(kept.value, Status)
