"""What the jobs that the platform carries out hand to their case, by job type."""

from collections.abc import Mapping

from engine.bpmn import ElementInfo
from engine.feel.shapes import ANY, NUMBER, TEXT, Shape, list_of

#: The names that a job of each type sets, and what stands there.
OUTCOMES: Mapping[str, Mapping[str, Shape]] = {
    "close-month": {"closed": TEXT, "figures": ANY},
    "count-cases": {"count": NUMBER},
    "draw-sample": {"sample": list_of(ANY)},
    "notify": {},
    "open-case": {"number": TEXT},
    "report": {"figures": ANY, "document": TEXT},
}


def outcome_of(element: ElementInfo) -> Mapping[str, Shape]:
    """Return what the job of *element* hands to its case; nothing where it has none."""
    return OUTCOMES.get(element.job_type or "", {})
