"""Headers that name a month."""

import re
from collections.abc import Iterator

from engine.bpmn import ElementInfo
from engine.model import Finding, Sentence
from engine.policy.checks.jobs.job import literal, wrong_header

_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


def month_findings(element: ElementInfo) -> Iterator[Finding]:
    """Yield a finding where the header ``month`` is written, and no month."""
    written = literal(element, "month")
    if written is not None and not _MONTH.fullmatch(written.strip()):
        yield wrong_header(element, "month", written, _REMEDY)


_REMEDY = Sentence("Write a month such as 2026-03, or FEEL that gives one.")
