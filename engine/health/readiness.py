"""Finds out whether this machine can do its work now: each check by its value."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter

from sqlalchemy import func, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from engine.commands.operations.dispatch import OUTSIDE
from engine.health.probe import NoAnswer, Probe
from engine.model import SYSTEM, EngineError, Json
from engine.queries.operations.vitals import Vitals, VitalSigns
from engine.runtime import Engine
from engine.store.migrating import SchemaVersion

PATIENCE = 3.0  #: Seconds; a watchdog gives up soon after.
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    status: str  #: ``pass``, ``warn`` or ``fail``.
    facts: Mapping[str, Json]

    def as_json(self) -> dict[str, Json]:
        """Return it for a machine."""
        return {"status": self.status, **self.facts}


@dataclass(frozen=True, slots=True)
class Report:
    """All that was looked at."""

    checks: Mapping[str, Check]

    @property
    def is_ready(self) -> bool:
        """Tell whether nothing failed; warnings are for people."""
        return all(check.status != "fail" for check in self.checks.values())

    def as_json(self) -> dict[str, Json]:
        """Return it for a machine."""
        found = {check.status for check in self.checks.values()}
        worst = next(status for status in ("fail", "warn", "pass") if status in found)
        checks = {name: check.as_json() for name, check in self.checks.items()}
        return {"status": worst, "checks": checks}


@dataclass(frozen=True, slots=True)
class _Found:
    """What the database said."""

    seconds: float
    schema: SchemaVersion
    signs: VitalSigns | None  #: None where the tables are for another release.
    now: datetime
    ahead: float | None  #: Seconds of our clock before the server's, where it has one.


class Readiness:
    """Looks at one machine.

    Args:
        engine: Of the installation.
        patience: Seconds to wait for the database.
    """

    def __init__(self, engine: Engine, patience: float = PATIENCE) -> None:
        self.engine = engine
        self._probe = Probe(self._ask, patience)

    def report(self) -> Report:
        """Look at everything."""
        checks = dict(self._of_database())
        checks["free_space"] = self._free_space()
        return Report(checks)

    def _of_database(self) -> Iterator[tuple[str, Check]]:
        try:
            found = self._probe.answer()
        except NoAnswer:
            yield "database", Check("fail", {"reason": "no answer in time"})
            return
        except (SQLAlchemyError, EngineError) as error:
            yield "database", Check("fail", {"reason": type(error).__name__})
            return
        yield "database", Check("pass", {"seconds": round(found.seconds, 4)})
        schema = {"held": found.schema.held, "known": found.schema.known}
        yield "schema", Check("pass" if found.schema.fits else "fail", schema)
        if found.ahead is not None:
            yield "clock", self._clock(found.ahead)
        if found.signs is not None:
            yield "oldest_due_job", self._oldest_due(found.signs, found.now)
            yield "mail", _mail(found.signs, found.now)

    def _ask(self) -> _Found:
        began = perf_counter()
        schema = self.engine.database.schema()
        signs = self.engine.ask(Vitals(), by=SYSTEM) if schema.fits else None
        seconds, now = perf_counter() - began, self.engine.clock.now()
        return _Found(seconds, schema, signs, now, _ahead(self.engine))

    def _clock(self, ahead: float) -> Check:
        """Look whether timers go off in time, and leases mean what others think."""
        most = self.engine.settings.lease / 4
        facts = {"seconds_ahead": round(ahead, 2), "most": most}
        return Check("pass" if abs(ahead) <= most else "fail", facts)

    def _oldest_due(self, signs: VitalSigns, now: datetime) -> Check:
        """Look whether workers keep up; what waits for servers outside stands apart."""
        since = [at for kind, at in signs.oldest_due.items() if kind not in OUTSIDE]
        seconds = max(((now - at).total_seconds() for at in since), default=0.0)
        most = self.engine.settings.late_job
        facts = {"seconds": round(seconds, 1), "most": most}
        return Check("pass" if seconds <= most else "fail", facts)

    def _free_space(self) -> Check:
        least = self.engine.settings.free_space
        places = [self.engine.settings.files, _database_file(self.engine)]
        try:
            free = min(_free(place) for place in places if place is not None)
        except OSError as error:
            return Check("fail", {"reason": error.strerror or "unknown"})
        facts = {"megabytes": round(free), "least": least}
        return Check("pass" if free >= least else "fail", facts)


def _ahead(engine: Engine) -> float | None:
    """Compare our clock with that of the database server, by which machines agree."""
    with engine.database.connections.connect() as connection:
        if connection.dialect.name != "postgresql":
            return None
        there = connection.scalar(select(func.clock_timestamp()))
    return None if there is None else (engine.clock.now() - there).total_seconds()


def _mail(signs: VitalSigns, now: datetime) -> Check:
    since = signs.mail.since
    seconds = 0.0 if since is None else (now - since).total_seconds()
    facts = {
        "waiting": signs.mail.count,
        "oldest_seconds": round(seconds, 1),
        "failed": signs.mail.failed,
    }
    return Check("warn" if signs.mail.is_late else "pass", facts)


def _database_file(engine: Engine) -> Path | None:
    address = make_url(engine.settings.database_url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return None
    return Path(address.database)


def _free(place: Path) -> float:
    """Return the megabytes that are free where *place* is, or will be."""
    there = next(folder for folder in (place, *place.absolute().parents) if folder.exists())
    return shutil.disk_usage(there).free / _MEGABYTE
