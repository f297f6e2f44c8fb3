"""Tells a watchdog whether this machine can work, and a collector how busy it is.

It changes nothing and heals nothing, and says nothing of any case or person.
"""

from engine.health.metrics import CONTENT_TYPE, Metrics
from engine.health.networks import Watchers, watchers_of
from engine.health.readiness import Readiness, Report
from engine.health.server import HealthServer

__all__ = [
    "CONTENT_TYPE",
    "HealthServer",
    "Metrics",
    "Readiness",
    "Report",
    "Watchers",
    "watchers_of",
]
