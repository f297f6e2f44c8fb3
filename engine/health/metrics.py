"""Writes the counts of this process and the state of the installation for a collector."""

import os
from collections.abc import Iterable

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from engine.health.probe import NoAnswer, Probe
from engine.health.readiness import PATIENCE
from engine.model import SYSTEM, EngineError
from engine.queries.operations.vitals import Vitals, VitalSigns
from engine.runtime import Engine

CONTENT_TYPE = CONTENT_TYPE_LATEST
#: Where several processes serve one address, each keeps its counts in this folder.
_SHARED_COUNTS = "PROMETHEUS_MULTIPROC_DIR"


class Metrics:
    """Counts of one process, and the state of the installation that it belongs to.

    Args:
        engine: Of the installation.
    """

    def __init__(self, engine: Engine) -> None:
        self._installation = CollectorRegistry()
        self._installation.register(_Installation(engine))

    def page(self) -> bytes:
        """Return everything that is counted, as Prometheus reads it."""
        return generate_latest(_counts()) + generate_latest(self._installation)


def _counts() -> CollectorRegistry:
    if _SHARED_COUNTS not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


class _Installation(Collector):
    """What the tables say, the same on whichever machine it is asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._probe = Probe(lambda: engine.ask(Vitals(), by=SYSTEM), PATIENCE)

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Return nothing, so that registering asks the database nothing."""
        return ()

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Yield what there is at this moment."""
        yield _pool(self._engine)
        up = GaugeMetricFamily("complaintflow_database_up", "Whether the database answers.")
        try:
            signs = self._probe.answer()
        except (NoAnswer, SQLAlchemyError, EngineError):
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from _of_jobs(signs, self._engine)
        yield from _of_mail(signs, self._engine)
        yield _one("complaintflow_incidents_open", "Cases that stopped.", signs.incidents)


def _of_jobs(signs: VitalSigns, engine: Engine) -> Iterable[GaugeMetricFamily]:
    due = GaugeMetricFamily(
        "complaintflow_jobs_due", "Jobs that nobody has begun.", labels=["kind"]
    )
    failed = GaugeMetricFamily(
        "complaintflow_jobs_failed", "Jobs that were given up.", labels=["kind"]
    )
    age = GaugeMetricFamily(
        "complaintflow_oldest_due_job_seconds",
        "Since when the oldest job is due that nobody has begun.",
        labels=["kind"],
    )
    for kind, count in signs.due.items():
        due.add_metric([kind], count)
    for kind, since in signs.oldest_due.items():
        age.add_metric([kind], (engine.clock.now() - since).total_seconds())
    for kind, count in signs.failed.items():
        failed.add_metric([kind], count)
    return due, age, failed


def _of_mail(signs: VitalSigns, engine: Engine) -> Iterable[GaugeMetricFamily]:
    mail = signs.mail
    waited = 0.0
    if mail.since is not None:
        waited = (engine.clock.now() - mail.since).total_seconds()
    yield _one("complaintflow_mail_waiting", "Mail that has not left.", mail.count)
    yield _one("complaintflow_mail_oldest_seconds", "Age of the oldest of it.", waited)
    yield _one("complaintflow_mail_failed", "Mail that was given up.", mail.failed)


def _pool(engine: Engine) -> GaugeMetricFamily:
    found = GaugeMetricFamily(
        "complaintflow_database_connections",
        "Connections of this process: in use, idle, and how many it may open.",
        labels=["state"],
    )
    pool = engine.database.connections.pool
    if isinstance(pool, QueuePool):
        found.add_metric(["in_use"], pool.checkedout())
        found.add_metric(["idle"], pool.checkedin())
        found.add_metric(["most"], pool.size() + pool._max_overflow)
    return found


def _one(name: str, what: str, value: float) -> GaugeMetricFamily:
    found = GaugeMetricFamily(name, what)
    found.add_metric([], value)
    return found
