"""The names that diagrams are written in: namespaces, tags and which of them we know."""

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"

TASKS = frozenset(
    {
        "userTask",
        "manualTask",
        "businessRuleTask",
        "scriptTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "task",
    }
)
#: Elements with a process inside.
CONTAINERS = frozenset({"subProcess", "transaction"})
ACTIVITIES = TASKS | CONTAINERS | {"callActivity"}
GATEWAYS = frozenset(
    {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"}
)
EVENTS = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
    }
)
NODES = ACTIVITIES | GATEWAYS | EVENTS
#: Flow nodes of BPMN that are not carried out.
UNSUPPORTED_NODES = frozenset({"adHocSubProcess", "complexGateway"})
#: Children of a process that say nothing about its course.
SILENT = frozenset(
    {
        "artifact",
        "association",
        "auditing",
        "category",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "documentation",
        "extensionElements",
        "group",
        "incoming",
        "ioSpecification",
        "laneSet",
        "monitoring",
        "multiInstanceLoopCharacteristics",
        "outgoing",
        "property",
        "sequenceFlow",
        "standardLoopCharacteristics",
        "textAnnotation",
    }
)


def bpmn(tag: str) -> str:
    """Return the full name of a BPMN *tag*."""
    return f"{{{BPMN}}}{tag}"


def zeebe(tag: str) -> str:
    """Return the full name of a Camunda 8 extension *tag*."""
    return f"{{{ZEEBE}}}{tag}"
