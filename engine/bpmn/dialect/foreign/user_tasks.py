"""Rewrites who does a user task, by when, and with which form."""

import re

from engine.bpmn.dialect.foreign.marks import Marks, remove
from engine.bpmn.dialect.foreign.vendors import ACTIVITI, FLOWABLE
from engine.bpmn.dialect.names import bpmn, zeebe

_ID = re.compile(r"[\w.-]+")
_OWNER = re.compile(r"(?:(?P<kind>user|group)\()?(?P<name>[\w.-]+)(?(kind)\))")
_PLACES = (
    ("assignee", "assignmentDefinition", "assignee"),
    ("candidateGroups", "assignmentDefinition", "candidateGroups"),
    ("candidateUsers", "assignmentDefinition", "candidateUsers"),
    ("dueDate", "taskSchedule", "dueDate"),
    ("followUpDate", "taskSchedule", "followUpDate"),
    ("priority", "priorityDefinition", "priority"),
)


def rewrite_user_task(marks: Marks) -> None:
    """Say with zeebe's elements what the attributes of a user task say."""
    for name, tag, attribute in _PLACES:
        marks.move(name, tag, attribute)
    _rewrite_owners(marks)
    rewrite_form(marks)


def _rewrite_owners(marks: Marks) -> None:
    """Say BPMN's potential owners, ``user(anna), group(clerks), clerks``, and performer."""
    for tag in ("potentialOwner", "humanPerformer"):
        for owner in list(marks.node.iterchildren(bpmn(tag))):
            place = f"{bpmn('resourceAssignmentExpression')}/{bpmn('formalExpression')}"
            said = (owner.findtext(place) or "").strip()
            names = _names(said, performer=tag == "humanPerformer")
            if names and all(
                marks.put("assignmentDefinition", attribute, ", ".join(held))
                for attribute, held in names.items()
            ):
                remove(owner)


def _names(said: str, *, performer: bool) -> dict[str, list[str]]:
    """Return the names by the attribute that holds them; none where one is no name."""
    found: dict[str, list[str]] = {}
    for part in said.split(","):
        match = _OWNER.fullmatch(part.strip())
        if match is None:
            return {}
        user = "assignee" if performer else "candidateUsers"
        is_user = performer or match["kind"] == "user"
        found.setdefault(user if is_user else "candidateGroups", []).append(match["name"])
    return found


def rewrite_form(marks: Marks) -> None:
    """Say which form a user task or start event shows.

    Flowable calls its forms by key, as we do by id; a form key of Camunda 7 is an
    address of a file or a page, which is something else.
    """
    for space in (FLOWABLE, ACTIVITI):
        key = marks.node.get(f"{{{space}}}formKey")
        form = zeebe("formDefinition")
        if key and marks.node.find(f".//{form}") is None and _ID.fullmatch(key):
            marks.put("formDefinition", "formId", key)
            marks.take("formKey")
    reference = marks.get("formRef")
    if (
        reference
        and "{" not in reference
        and marks.put("formDefinition", "formId", reference)
    ):
        marks.take("formRef")
