"""What user tasks say of deadlines: who may extend them, and who hears of lateness."""

from collections.abc import Iterator

from engine.bpmn import ElementInfo
from engine.model import Finding, Sentence
from engine.policy.checks.elements import finding_at
from engine.policy.checks.roles import unknown_roles_at
from engine.policy.ids import listed_ids
from engine.policy.parts import Parts


def extendable_rule(parts: Parts, element: ElementInfo, text: str) -> Iterator[Finding]:
    """Yield what is wrong with the role that extends the deadline of a task."""
    if len(listed_ids(text)) > 1:
        yield finding_at(
            element,
            "task-extendable",
            Sentence(
                "Expected one role that decides on extensions, but there are {count}.",
                {"count": len(listed_ids(text))},
            ),
            Sentence("Name one role; where several people hold it, any of them decides."),
        )
    yield from unknown_roles_at(parts, element, listed_ids(text))
    yield from _deadline(element, "extendable")


def overdue_notify_rule(parts: Parts, element: ElementInfo, text: str) -> Iterator[Finding]:
    """Yield what is wrong with the roles that are told when a task is overdue."""
    yield from unknown_roles_at(parts, element, listed_ids(text))
    yield from _deadline(element, "overdue-notify")


def _deadline(element: ElementInfo, name: str) -> Iterator[Finding]:
    if element.schedule.due is None and element.schedule.deadline is None:
        yield finding_at(
            element,
            "task-without-deadline",
            Sentence(
                "Expected a deadline where the property {name} is, but there is none.",
                {"name": name},
            ),
            Sentence("Give the task a deadline, or take the property out."),
        )
