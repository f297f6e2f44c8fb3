"""The vocabulary of BPMN files: namespaces, and which element is of which kind."""

from collections.abc import Iterator

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
NAMESPACES = {"bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI}

EVENTS = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
    }
)
GATEWAYS = frozenset(
    {
        "exclusiveGateway",
        "inclusiveGateway",
        "parallelGateway",
        "eventBasedGateway",
        "complexGateway",
    }
)
TASKS = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "scriptTask",
        "businessRuleTask",
    }
)
SUB_PROCESSES = frozenset({"subProcess", "adHocSubProcess", "transaction"})
ACTIVITIES = TASKS | SUB_PROCESSES | {"callActivity"}
FLOW_NODES = ACTIVITIES | EVENTS | GATEWAYS
DATA = frozenset({"dataObjectReference", "dataStoreReference", "dataInput", "dataOutput"})
ARTIFACTS = frozenset({"textAnnotation", "group"})
CONTAINERS = frozenset({"participant", "lane"})
FLOWS = frozenset(
    {
        "sequenceFlow",
        "messageFlow",
        "association",
        "dataInputAssociation",
        "dataOutputAssociation",
    }
)


def kind_of(element: etree._Element) -> str:
    """Return the local name of *element*, such as ``userTask``."""
    return etree.QName(element).localname


def children(element: etree._Element, *kinds: str) -> Iterator[etree._Element]:
    """Yield the BPMN children of *element* that are of one of *kinds*."""
    for child in element:
        name = etree.QName(child)
        if name.namespace == BPMN and name.localname in kinds:
            yield child


def has_child(element: etree._Element, kind: str) -> bool:
    """Tell whether *element* has a BPMN child of *kind*."""
    return next(children(element, kind), None) is not None


def refers(element: etree._Element, kind: str) -> list[str]:
    """Return the ids that the children *kind* of *element* hold as their text."""
    return [(child.text or "").strip() for child in children(element, kind)]


def event_definition(element: etree._Element) -> str | None:
    """Return what an event is about: ``timer``, ``message`` …, or None if nothing."""
    found = [
        kind_of(child).removesuffix("EventDefinition")
        for child in element
        if kind_of(child).endswith("EventDefinition")
    ]
    if not found:
        return None
    if len(found) == 1:
        return found[0]
    return "parallelMultiple" if element.get("parallelMultiple") == "true" else "multiple"


def text_of(element: etree._Element) -> str:
    """Return what is written at *element*: its name, or the words of an annotation."""
    if kind_of(element) == "textAnnotation":
        return " ".join(refers(element, "text")).strip()
    return (element.get("name") or "").strip()
