"""What user tasks say of routing: what may be done with them, and where they go back to."""

from collections.abc import Iterator

from engine.bpmn import ElementInfo
from engine.model import Finding, Sentence
from engine.policy.checks.elements import all_elements, finding_at
from engine.policy.ids import listed_ids
from engine.policy.parts import Parts
from engine.policy.sections.routing import VERBS
from engine.policy.toml import did_you_mean

NOTHING = "none"  #: Written where a task may only be completed.


def routing_rule(parts: Parts, element: ElementInfo, text: str) -> Iterator[Finding]:
    """Yield what is wrong with the verbs that narrow what may be done with a task."""
    allowed = parts.settings.routing.allow if parts.settings else frozenset(VERBS)
    for word in listed_ids(text):
        if word not in VERBS and text != NOTHING:
            yield finding_at(
                element,
                "routing-verb",
                Sentence(
                    "Expected one of {choices}, but it is {word}.",
                    {"choices": ", ".join(VERBS), "word": word},
                ),
                did_you_mean(word, VERBS),
            )
        elif word in VERBS and word not in allowed:
            yield finding_at(
                element,
                "routing-verb",
                Sentence(
                    "Expected only what the policy allows anywhere, but {word} is not.",
                    {"word": word},
                ),
                Sentence("Add it to allow in [routing] of policy.toml, or take it out."),
            )


def return_to_rule(parts: Parts, element: ElementInfo, text: str) -> Iterator[Finding]:
    """Yield what is wrong with the steps that a task may be returned to."""
    tasks = {
        each.id: each
        for each in all_elements(parts)
        if each.kind == "userTask" and each.process_id == element.process_id
    }
    for task_id in listed_ids(text):
        target = tasks.get(task_id)
        if target is None:
            yield finding_at(
                element,
                "return-to",
                Sentence(
                    "Expected the id of a user task of this diagram, but there is none "
                    "called {task}.",
                    {"task": task_id},
                ),
                did_you_mean(task_id, tasks),
            )
        elif target.scope != element.scope:
            yield finding_at(
                element,
                "return-to",
                Sentence(
                    "Expected a task of the same sub-process, but {task} lies in another.",
                    {"task": task_id},
                ),
                Sentence("Take it out; a return does not cross a sub-process."),
            )
