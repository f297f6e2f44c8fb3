"""Walks through a file and rewrites each element that another tool has marked."""

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from engine.bpmn.dialect.foreign.calls import rewrite_call
from engine.bpmn.dialect.foreign.decisions import rewrite_decision
from engine.bpmn.dialect.foreign.loops import rewrite_loop
from engine.bpmn.dialect.foreign.marks import Marks, remove
from engine.bpmn.dialect.foreign.scripts import rewrite_script
from engine.bpmn.dialect.foreign.texts import rewrite_texts
from engine.bpmn.dialect.foreign.user_tasks import rewrite_form, rewrite_user_task
from engine.bpmn.dialect.foreign.vendors import (
    AS_HERE,
    BINDINGS,
    ENGINE_MATTERS,
    FLOWABLE_MODELER,
    KEPT_BINDINGS,
)
from engine.bpmn.dialect.foreign.work import rewrite_mappings, rewrite_work
from engine.bpmn.dialect.names import ACTIVITIES, bpmn
from engine.bpmn.dialect.reading import Node, Reading, local_name, namespace

_BY_TAG: Mapping[str, Callable[[Marks], None]] = {
    "userTask": rewrite_user_task,
    "startEvent": rewrite_form,
    "callActivity": rewrite_call,
    "businessRuleTask": rewrite_decision,
    "scriptTask": rewrite_script,
    "serviceTask": rewrite_work,
    "sendTask": rewrite_work,
}


def rewrite(reading: Reading) -> None:
    """Rewrite the executable processes of the file, and what they refer to."""
    rewrite_texts(reading)
    for process in reading.root.iterchildren(bpmn("process")):
        if process.get("isExecutable") == "true":
            for node in list(process.iter(tag=etree.Element)):
                _rewrite(Marks(reading, node))


def _rewrite(marks: Marks) -> None:
    _drop_what_changes_nothing(marks)
    tag = local_name(marks.node)
    if tag in _BY_TAG:
        _BY_TAG[tag](marks)
    if tag in ACTIVITIES:
        rewrite_mappings(marks)
        rewrite_loop(marks)
    if marks.node.get("id"):
        _rewrite_properties(marks)
    marks.tidy()


def _drop_what_changes_nothing(marks: Marks) -> None:
    for name, value in marks.attributes():
        kept = name in BINDINGS and value in KEPT_BINDINGS
        if name in ENGINE_MATTERS or kept or (name, value) in AS_HERE:
            marks.take(name)
    for child in _modeler_notes(marks.node):
        remove(child)


def _modeler_notes(node: Node) -> Iterator[Node]:
    """Yield what Flowable's modeler notes for itself and no engine reads."""
    held = node.find(bpmn("extensionElements"))
    for child in () if held is None else list(held.iterchildren(tag=etree.Element)):
        means = local_name(child) == "initiator-can-complete" and child.text == "true"
        if namespace(child) == FLOWABLE_MODELER and not means:
            yield child


def _rewrite_properties(marks: Marks) -> None:
    for held in marks.elements("properties"):
        for line in held.iterchildren(tag=etree.Element):
            name, value = line.get("name"), line.get("value")
            if name and value is not None:
                marks.put_line("properties", "property", name=name, value=value)
        marks.done(held)
