"""The job types that the platform carries out, one module each.

`engine.policy.checks.jobs` says which headers each has. A job runs inside the command that
ends it; what it returns is handed to the case.
"""

from collections.abc import Callable, Mapping

from engine.commands.jobs.types.close_month import close_a_month
from engine.commands.jobs.types.count_cases import count_cases
from engine.commands.jobs.types.draw_sample import draw_sample
from engine.commands.jobs.types.notify import notify
from engine.commands.jobs.types.open_case import open_linked_case
from engine.commands.jobs.types.report import make_report
from engine.commands.moving.case import Moving
from engine.model import Variables
from engine.store.models import Job

JobType = Callable[[Moving, Job], Variables]

JOB_TYPES: Mapping[str, JobType] = {
    "close-month": close_a_month,
    "count-cases": count_cases,
    "draw-sample": draw_sample,
    "notify": notify,
    "open-case": open_linked_case,
    "report": make_report,
}

__all__ = ["JOB_TYPES", "JobType"]
