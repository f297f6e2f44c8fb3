"""Rewrites who does a user task, by when, and with which form."""

import re

from engine.bpmn.dialect.foreign.marks import Marks
from engine.bpmn.dialect.foreign.vendors import ACTIVITI, FLOWABLE
from engine.bpmn.dialect.names import zeebe

_ID = re.compile(r"[\w.-]+")
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
    rewrite_form(marks)


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
