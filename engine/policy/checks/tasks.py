"""User tasks: who does them, with which form, by when, and under which conditions."""

from collections.abc import Callable, Iterator, Mapping

from engine.bpmn import ElementInfo
from engine.forms import Form
from engine.model import Finding, Sentence
from engine.policy.checks.deadlines import extendable_rule, overdue_notify_rule
from engine.policy.checks.elements import all_elements, finding_at, literal_words
from engine.policy.checks.privacy import outward_rule
from engine.policy.checks.roles import unknown_roles_at
from engine.policy.checks.routing import return_to_rule, routing_rule
from engine.policy.ids import listed_ids
from engine.policy.parts import Parts
from engine.policy.sections.public import CUSTOMER
from engine.policy.toml import did_you_mean

#: What the properties of an element may be called, and whether only a user task has it.
PROPERTIES: Mapping[str, bool] = {
    "clause": False,
    "guide": False,
    "guides": False,
    "payload": False,
    "public": False,
    "deadline": True,
    "warn": True,
    "evidence": True,
    "fourEyes": True,
    "signed": True,
    "routing": True,
    "return-to": True,
    "extendable": True,
    "overdue-notify": True,
    "outward": True,
}
_EVIDENCE = ("photo",)


def task_findings(parts: Parts) -> Iterator[Finding]:
    """Yield what is wrong with the tasks and start forms of the diagrams."""
    for element in all_elements(parts):
        yield from _properties(element)
        yield from _form(parts, element)
        yield from _conditions(parts, element, _RULES_ANYWHERE)
        if element.kind == "userTask":
            yield from _people(parts, element)
            yield from _conditions(parts, element, _RULES)


def _properties(element: ElementInfo) -> Iterator[Finding]:
    for name in element.properties:
        if ":" in name:
            continue  # A modeler's own notes, such as example data.
        if name not in PROPERTIES:
            yield finding_at(
                element,
                "property-unknown",
                Sentence(
                    "Expected only properties that are known, but {name} is not.",
                    {"name": name},
                ),
                did_you_mean(name, PROPERTIES),
            )
        elif PROPERTIES[name] and element.kind != "userTask":
            yield finding_at(
                element,
                "property-misplaced",
                Sentence(
                    "Expected the property {name} only at user tasks, but this is {kind}.",
                    {"name": name, "kind": element.kind},
                ),
                Sentence("Take the property out; nothing would come of it."),
            )


def _form(parts: Parts, element: ElementInfo) -> Iterator[Finding]:
    if element.form_id is not None and element.form_id not in parts.forms:
        yield finding_at(
            element,
            "form-unknown",
            Sentence(
                "Expected a form of this policy, but there is none called {form}.",
                {"form": element.form_id},
            ),
            did_you_mean(element.form_id, parts.forms),
        )


def _people(parts: Parts, element: ElementInfo) -> Iterator[Finding]:
    assignment = element.assignment
    if not (assignment.groups or assignment.users or assignment.assignee):
        yield finding_at(
            element,
            "task-unassigned",
            Sentence("Expected a role that does this task, but it names none."),
            Sentence("Choose the candidate groups of the task."),
        )
    groups = [role for role in literal_words(assignment.groups) if role != CUSTOMER]
    yield from unknown_roles_at(parts, element, groups)


def _conditions(
    parts: Parts,
    element: ElementInfo,
    rules: "Mapping[str, Callable[[Parts, ElementInfo, str], Iterator[Finding]]]",
) -> Iterator[Finding]:
    for name, rule in rules.items():
        if name in element.properties:
            yield from rule(parts, element, element.properties[name])


def _evidence(parts: Parts, element: ElementInfo, kind: str) -> Iterator[Finding]:
    form = parts.forms.get(element.form_id or "")
    if kind not in _EVIDENCE:
        yield finding_at(
            element,
            "task-evidence",
            Sentence(
                "Expected a kind of evidence, but there is none called {kind}.",
                {"kind": kind},
            ),
            did_you_mean(kind, _EVIDENCE),
        )
    elif form is not None and not _takes_files(form):
        yield finding_at(
            element,
            "task-evidence",
            Sentence(
                "Expected the form {form} to take photos, but it has no file field.",
                {"form": form.id},
            ),
            Sentence("Add a file field to the form."),
        )


def _guides(parts: Parts, element: ElementInfo, text: str) -> Iterator[Finding]:
    for guide in listed_ids(text):
        if guide not in parts.guides:
            yield finding_at(
                element,
                "guide-unknown",
                Sentence(
                    "Expected a guide of this policy, but there is none called {guide}.",
                    {"guide": guide},
                ),
                did_you_mean(guide, parts.guides),
            )
    if element.kind not in ("userTask", "manualTask", "startEvent"):
        yield finding_at(
            element,
            "property-misplaced",
            Sentence(
                "Expected guides only where people work, but this is {kind}.",
                {"kind": element.kind},
            ),
            Sentence("Take the property out; nobody would see the text."),
        )


def _four_eyes(parts: Parts, element: ElementInfo, text: str) -> Iterator[Finding]:
    tasks = {each.id: each for each in all_elements(parts) if each.kind == "userTask"}
    for task_id in listed_ids(text):
        if task_id not in tasks:
            yield finding_at(
                element,
                "task-four-eyes",
                Sentence(
                    "Expected the id of a user task, but there is none called {task}.",
                    {"task": task_id},
                ),
                did_you_mean(task_id, tasks),
            )


def _signed(parts: Parts, element: ElementInfo, text: str) -> Iterator[Finding]:
    if text != "yes":
        yield finding_at(
            element,
            "task-signed",
            Sentence("Expected yes, but the property signed is {text}.", {"text": text}),
            Sentence("Write yes, or take the property out where nobody has to sign."),
        )


def _takes_files(form: Form) -> bool:
    return any(
        inner.kind == "filepicker"
        for component in form.components
        for inner in component.walk()
    )


_RULES: Mapping[str, Callable[[Parts, ElementInfo, str], Iterator[Finding]]] = {
    "evidence": _evidence,
    "fourEyes": _four_eyes,
    "signed": _signed,
    "routing": routing_rule,
    "return-to": return_to_rule,
    "extendable": extendable_rule,
    "overdue-notify": overdue_notify_rule,
    "outward": outward_rule,
}
#: Those that say something at other elements too.
_RULES_ANYWHERE: Mapping[str, Callable[[Parts, ElementInfo, str], Iterator[Finding]]] = {
    "guides": _guides,
}
