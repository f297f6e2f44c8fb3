"""Reads one flow node: its extensions, its event, its loop, its expressions."""

import dataclasses
import re

from engine.bpmn.dialect.children import refuse_children
from engine.bpmn.dialect.events import read_event
from engine.bpmn.dialect.extensions import (
    extension,
    read_assignment,
    read_call,
    read_job,
    read_mappings,
    read_properties,
    read_result,
    read_schedule,
    refuse_foreign,
)
from engine.bpmn.dialect.loops import read_loop, read_standard_loop
from engine.bpmn.dialect.marks import refuse_marks
from engine.bpmn.dialect.names import ACTIVITIES, EVENTS
from engine.bpmn.dialect.reading import Node, Reading, local_name, text_of
from engine.bpmn.elements import (
    Assignment,
    ElementInfo,
    EventInfo,
    ExpressionInfo,
    Schedule,
    Term,
)

_CLAUSES = re.compile(r"[,，;；\s]+")


def read_element(
    reading: Reading, node: Node, process_id: str, scope: str | None, lane: str | None
) -> ElementInfo:
    """Return what the flow node *node* says."""
    refuse_foreign(reading, node)
    refuse_marks(reading, node)
    refuse_children(reading, node)
    kind = local_name(node)
    properties = read_properties(node)
    is_user = kind == "userTask"
    decision, decision_result = read_result(reading, node, "calledDecision", "decisionId")
    script, script_result = read_result(reading, node, "script", "expression")
    form = extension(node, "formDefinition")
    has_event = kind in EVENTS or kind == "receiveTask"
    info = ElementInfo(
        id=node.get("id", ""),
        kind=kind,
        name=node.get("name", ""),
        file=reading.file,
        process_id=process_id,
        scope=scope,
        lane=lane,
        documentation=text_of(node, "documentation"),
        form_id=None if form is None else form.get("formId"),
        properties=properties,
        clauses=split_clauses(properties.get("clause", "")),
        inputs=read_mappings(reading, node, "input"),
        outputs=read_mappings(reading, node, "output"),
        assignment=read_assignment(reading, node) if is_user else Assignment(),
        schedule=read_schedule(reading, node, properties) if is_user else Schedule(),
        event=read_event(reading, node) if has_event else EventInfo("none"),
        loop=read_loop(reading, node) if kind in ACTIVITIES else None,
        repeat=read_standard_loop(reading, node) if kind in ACTIVITIES else None,
        call=read_call(node) if kind == "callActivity" else None,
        job=read_job(reading, node),
        decision=decision,
        script=script,
        result_variable=decision_result or script_result,
        attached_to=node.get("attachedToRef"),
        interrupting=_interrupts(node),
        event_sub=node.get("triggeredByEvent") == "true",
        for_compensation=node.get("isForCompensation") == "true",
        default_flow=node.get("default"),
        direction=node.get("gatewayDirection"),
    )
    return dataclasses.replace(info, expressions=_expressions(info))


def _interrupts(node: Node) -> bool:
    attribute = "isInterrupting" if local_name(node) == "startEvent" else "cancelActivity"
    return node.get(attribute) != "false"


def split_clauses(text: str) -> tuple[str, ...]:
    """Return the clause ids in *text*, separated by commas or blanks."""
    return tuple(part for part in _CLAUSES.split(text) if part)


def _expressions(info: ElementInfo) -> tuple[ExpressionInfo, ...]:
    terms: list[tuple[str, Term | None]] = [
        *((f"input {'.'.join(m.target)}", m.source) for m in info.inputs),
        *((f"output {'.'.join(m.target)}", m.source) for m in info.outputs),
        ("assignee", info.assignment.assignee),
        ("candidateGroups", info.assignment.groups),
        ("candidateUsers", info.assignment.users),
        ("dueDate", info.schedule.due),
        ("followUpDate", info.schedule.follow_up),
        ("priority", info.schedule.priority),
        ("deadline", info.schedule.deadline),
        ("warn", info.schedule.warn),
        ("decisionId", info.decision),
        ("script", info.script),
        ("message name", info.event.message),
        ("correlationKey", info.event.key),
        ("timer", info.event.timer.text if info.event.timer else None),
        ("signal name", info.event.signal),
        ("condition", info.event.condition.test if info.event.condition else None),
    ]
    if info.job:
        terms += [("job type", info.job.type), ("retries", info.job.retries)]
        terms += [(f"header {name}", term) for name, term in info.job.headers.items()]
    if info.loop:
        terms += [
            ("inputCollection", info.loop.collection),
            ("loopCardinality", info.loop.cardinality),
            ("outputElement", info.loop.output_element),
            ("completionCondition", info.loop.completion),
        ]
    if info.repeat:
        terms.append(("loopCondition", info.repeat.condition))
    return tuple(
        ExpressionInfo(place, term.source, term.expression)
        for place, term in terms
        if term is not None and term.expression is not None
    )
