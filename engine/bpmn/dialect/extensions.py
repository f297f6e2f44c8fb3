"""Reads the Camunda 8 extension elements of a flow node, and refuses the unknown ones."""

from collections.abc import Mapping

from lxml import etree

from engine.bpmn.dialect.foreign.vendors import VENDORS, prefixed
from engine.bpmn.dialect.names import ACTIVITIES, EVENTS, NODES, ZEEBE, bpmn, zeebe
from engine.bpmn.dialect.reading import Node, Reading, local_name, namespace
from engine.bpmn.elements import (
    Assignment,
    Call,
    JobInfo,
    Schedule,
    Term,
    VariableMapping,
)
from engine.bpmn.words import word
from engine.model import Sentence

#: Changes of variables that a condition looks at.
_FILTER = frozenset({"variableNames", "variableEvents"})
_JOBS = frozenset({"serviceTask", "sendTask", "intermediateThrowEvent", "endEvent"})
_USER = frozenset({"userTask"})
#: Which extension element may stand where, and with which attributes.
KNOWN: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "ioMapping": (ACTIVITIES | EVENTS, frozenset()),
    "properties": (NODES | {"process", "sequenceFlow"}, frozenset()),
    "taskDefinition": (_JOBS, frozenset({"type", "retries"})),
    "taskHeaders": (_JOBS, frozenset()),
    "userTask": (_USER, frozenset()),
    "assignmentDefinition": (
        _USER,
        frozenset({"assignee", "candidateGroups", "candidateUsers"}),
    ),
    "taskSchedule": (_USER, frozenset({"dueDate", "followUpDate"})),
    "priorityDefinition": (_USER, frozenset({"priority"})),
    "formDefinition": (_USER | {"startEvent"}, frozenset({"formId", "bindingType"})),
    "calledDecision": (
        frozenset({"businessRuleTask"}),
        frozenset({"decisionId", "resultVariable", "bindingType"}),
    ),
    "script": (frozenset({"scriptTask"}), frozenset({"expression", "resultVariable"})),
    "calledElement": (
        frozenset({"callActivity"}),
        frozenset(
            {
                "processId",
                "propagateAllChildVariables",
                "propagateAllParentVariables",
                "bindingType",
            }
        ),
    ),
    "versionTag": (frozenset({"process"}), frozenset({"value"})),
    "conditionalFilter": (frozenset({"conditionalEventDefinition"}), _FILTER),
}
#: Attributes that element templates leave behind.
TEMPLATE_MARKS = frozenset(
    {"modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon"}
)

#: Namespaces of attributes that say nothing about the course of a process.
_FOR_TOOLS = frozenset(
    {
        "http://www.w3.org/XML/1998/namespace",
        "http://www.w3.org/2001/XMLSchema-instance",
        "http://camunda.org/schema/modeler/1.0",
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
    }
)


def extension(node: Node, tag: str) -> Node | None:
    """Return the extension element *tag* of *node*."""
    return node.find(f"{bpmn('extensionElements')}/{zeebe(tag)}")


def read_properties(node: Node) -> dict[str, str]:
    """Return the zeebe:properties of *node* by name."""
    found = extension(node, "properties")
    if found is None:
        return {}
    return {
        child.get("name", ""): child.get("value", "")
        for child in found.iterchildren(zeebe("property"))
        if child.get("name")
    }


def read_mappings(
    reading: Reading, node: Node, direction: str
) -> tuple[VariableMapping, ...]:
    """Return the zeebe:input or zeebe:output lines of *node*."""
    found = extension(node, "ioMapping")
    if found is None:
        return ()
    mappings = []
    for child in found.iterchildren(zeebe(direction)):
        target = (child.get("target") or "").strip()
        source = reading.term(node, f"{direction} {target}", child.get("source"))
        path = tuple(part.strip() for part in target.split("."))
        if not all(path):
            reading.report(
                node,
                "bpmn-mapping-name",
                Sentence("Expected the name of a variable in a mapping, but it is empty."),
                Sentence("Name the variable that the mapping sets."),
            )
        elif source is not None:
            mappings.append(VariableMapping(source, path))
        elif not (child.get("source") or "").strip():
            reading.report(
                node,
                "bpmn-mapping-source",
                Sentence(
                    "Expected an expression for variable {name}, but there is none.",
                    {"name": target},
                ),
                Sentence("Say what the variable is to hold, or remove the mapping."),
            )
    return tuple(mappings)


def read_assignment(reading: Reading, node: Node) -> Assignment:
    """Return who may do the user task *node*."""
    found = extension(node, "assignmentDefinition")
    if found is None:
        return Assignment()
    return Assignment(
        reading.term(node, "assignee", found.get("assignee")),
        reading.term(node, "candidateGroups", found.get("candidateGroups")),
        reading.term(node, "candidateUsers", found.get("candidateUsers")),
    )


def read_schedule(reading: Reading, node: Node, properties: Mapping[str, str]) -> Schedule:
    """Return by when the user task *node* wants doing."""
    schedule = extension(node, "taskSchedule")
    priority = extension(node, "priorityDefinition")
    due = None if schedule is None else schedule.get("dueDate")
    follow_up = None if schedule is None else schedule.get("followUpDate")
    return Schedule(
        due=reading.term(node, "dueDate", due),
        follow_up=reading.term(node, "followUpDate", follow_up),
        priority=reading.term(
            node, "priority", None if priority is None else priority.get("priority")
        ),
        deadline=reading.term(node, "deadline", properties.get("deadline")),
        warn=reading.term(node, "warn", properties.get("warn")),
    )


def read_call(node: Node) -> Call | None:
    """Return what the call activity *node* calls."""
    found = extension(node, "calledElement")
    if found is None or not found.get("processId"):
        return None
    return Call(
        found.get("processId", "").strip(),
        all_in=found.get("propagateAllParentVariables") != "false",
        all_out=found.get("propagateAllChildVariables") != "false",
    )


def read_job(reading: Reading, node: Node) -> JobInfo | None:
    """Return the work for the machine that *node* owes."""
    found = extension(node, "taskDefinition")
    if found is None:
        return None
    kind = reading.term(node, "job type", found.get("type"))
    if kind is None:
        return None
    headers: dict[str, Term] = {}
    lines = extension(node, "taskHeaders")
    for line in () if lines is None else lines.iterchildren(zeebe("header")):
        name = line.get("key", "")
        term = reading.term(node, f"header {name}", line.get("value"))
        if name and term is not None:
            headers[name] = term
    return JobInfo(kind, reading.term(node, "retries", found.get("retries")), headers)


def read_result(
    reading: Reading, node: Node, tag: str, attribute: str
) -> tuple[Term | None, str | None]:
    """Return what a script or business rule task evaluates and where the result goes."""
    found = extension(node, tag)
    if found is None:
        return None, None
    read = reading.feel if tag == "script" else reading.term
    return read(node, attribute, found.get(attribute)), found.get("resultVariable") or None


def refuse_foreign(reading: Reading, node: Node) -> None:
    """Note every extension of *node* that would change behaviour and is not known."""
    _refuse_attributes(reading, node)
    for child in node.iterchildren(tag=etree.Element):
        if local_name(child).endswith(("EventDefinition", "Characteristics")):
            _refuse_attributes(reading, child)
        if local_name(child).endswith("EventDefinition"):
            _refuse_elements(reading, child)
    _refuse_elements(reading, node)


def _refuse_elements(reading: Reading, node: Node) -> None:
    elements = node.find(bpmn("extensionElements"))
    if elements is None:
        return
    for child in elements.iterchildren(tag=etree.Element):
        space, tag = namespace(child), local_name(child)
        if space in VENDORS:
            _refuse(reading, node, prefixed(space, tag), vendor_remedy(tag))
        elif space != ZEEBE or tag not in KNOWN:
            name = f"zeebe:{tag}" if space == ZEEBE else child.tag
            _refuse(reading, node, str(name), Sentence("Remove it."))
        else:
            _refuse_misplaced(reading, node, child)


def _refuse_misplaced(reading: Reading, node: Node, child: Node) -> None:
    kinds, attributes = KNOWN[local_name(child)]
    if local_name(node) not in kinds:
        _refuse(reading, node, f"zeebe:{local_name(child)}", Sentence("Remove it."))
        return
    for attribute in map(str, child.attrib):
        unknown = attribute not in attributes
        if unknown or child.get(attribute) == "versionTag":
            _refuse(
                reading,
                node,
                f"zeebe:{local_name(child)} {attribute}",
                Sentence("Remove the attribute."),
            )


def _refuse_attributes(reading: Reading, node: Node) -> None:
    for name in map(str, node.attrib):
        qualified = etree.QName(name)
        local = str(qualified.localname)
        if qualified.namespace in VENDORS:
            named = prefixed(str(qualified.namespace), local)
            _refuse(reading, node, named, vendor_remedy(local))
        elif qualified.namespace == ZEEBE and local not in TEMPLATE_MARKS:
            _refuse(reading, node, f"zeebe:{local}", Sentence("Remove the attribute."))
        elif qualified.namespace not in (None, ZEEBE, *_FOR_TOOLS):
            _refuse(reading, node, name, Sentence("Remove the attribute."))


def _refuse(reading: Reading, node: Node, name: str, remedy: Sentence) -> None:
    reading.report(
        node,
        "bpmn-extension",
        Sentence(
            "Expected extensions that we carry out, but {kind} has {name}.",
            {"kind": word(local_name(node)), "name": name},
        ),
        remedy,
    )


_INSTEAD: Mapping[str, str | Sentence] = {
    "assignee": "zeebe:assignmentDefinition assignee",
    "candidateGroups": "zeebe:assignmentDefinition candidateGroups",
    "candidateUsers": "zeebe:assignmentDefinition candidateUsers",
    "dueDate": "zeebe:taskSchedule dueDate",
    "followUpDate": "zeebe:taskSchedule followUpDate",
    "priority": "zeebe:priorityDefinition",
    "formKey": "zeebe:formDefinition formId",
    "formRef": "zeebe:formDefinition formId",
    "formData": "zeebe:formDefinition formId",
    "decisionRef": "zeebe:calledDecision decisionId",
    "resultVariable": "zeebe:calledDecision resultVariable",
    "topic": "zeebe:taskDefinition type",
    "type": "zeebe:taskDefinition type",
    "class": "zeebe:taskDefinition type",
    "expression": "zeebe:script expression",
    "delegateExpression": "zeebe:taskDefinition type",
    "inputOutput": "zeebe:ioMapping",
    "in": "zeebe:ioMapping",
    "out": "zeebe:ioMapping",
    "properties": "zeebe:properties",
    "collection": "zeebe:loopCharacteristics inputCollection",
    "elementVariable": "zeebe:loopCharacteristics inputElement",
    "taskListener": Sentence("a service task"),
    "executionListener": Sentence("a service task"),
    "connector": "zeebe:taskDefinition type",
    "errorEventDefinition": Sentence("an error boundary event"),
    "failedJobRetryTimeCycle": "zeebe:taskDefinition retries",
    "mapDecisionResult": "zeebe:calledDecision resultVariable",
    "candidateStarterGroups": Sentence("the starts of policy.toml"),
    "candidateStarterUsers": Sentence("the starts of policy.toml"),
    "formProperty": "zeebe:formDefinition formId",
}


def vendor_remedy(name: str) -> Sentence:
    """Return what to use in place of the extension *name* of another tool."""
    instead = _INSTEAD.get(name)
    if instead is None:
        return Sentence("Remove it: this is another tool's dialect, we use Camunda 8's.")
    return Sentence(
        "Use {instead}: this is another tool's dialect, we use Camunda 8's.",
        {"instead": instead},
    )
