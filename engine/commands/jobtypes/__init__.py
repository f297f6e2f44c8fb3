"""The job types that the platform carries out, one module each.

`engine.policy.checks.jobs` says which headers each has. A job runs inside the command that
ends it; what it returns is handed to the case.
"""

from collections.abc import Callable, Mapping

from engine.commands.jobtypes.notify import notify
from engine.commands.moving import Moving
from engine.model import Variables
from engine.store.models import Job

JobType = Callable[[Moving, Job], Variables]

JOB_TYPES: Mapping[str, JobType] = {"notify": notify}

__all__ = ["JOB_TYPES", "JobType"]
