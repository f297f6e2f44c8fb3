"""Reads what events and receive tasks wait for or throw."""

from lxml import etree

from engine.bpmn.dialect.names import bpmn, zeebe
from engine.bpmn.dialect.reading import Node, Reading, local_name, text_of
from engine.bpmn.elements import ConditionInfo, EventInfo, TimerInfo, TimerKind
from engine.bpmn.words import word
from engine.model import Sentence

_TIMERS: tuple[tuple[str, TimerKind], ...] = (
    ("timeDate", "date"),
    ("timeDuration", "duration"),
    ("timeCycle", "cycle"),
)
UNSUPPORTED = EventInfo("unsupported")


def read_event(reading: Reading, node: Node) -> EventInfo:
    """Return what *node* waits for or throws; none where it says nothing."""
    if local_name(node) == "receiveTask":
        return _message(reading, node, node.get("messageRef"))
    definitions = [
        child
        for child in node.iterchildren(tag=etree.Element)
        if local_name(child).endswith("EventDefinition")
    ]
    if not definitions:
        return _by_reference(reading, node)
    if len(definitions) > 1:
        _unsupported(reading, node, "multipleEventDefinition")
        return UNSUPPORTED
    return _definition(reading, node, definitions[0])


def _by_reference(reading: Reading, node: Node) -> EventInfo:
    if node.find(bpmn("eventDefinitionRef")) is None:
        return EventInfo("none")
    _unsupported(reading, node, "eventDefinitionRef")
    return UNSUPPORTED


def _definition(reading: Reading, node: Node, definition: Node) -> EventInfo:
    kind = local_name(definition).removesuffix("EventDefinition")
    if kind == "message":
        return _message(reading, node, definition.get("messageRef"))
    if kind == "timer":
        return _timer(reading, node, definition)
    if kind == "error":
        return EventInfo("error", code=_code(reading, node, definition, "error"))
    if kind == "escalation":
        return EventInfo("escalation", code=_code(reading, node, definition, "escalation"))
    if kind == "signal":
        return _signal(reading, node, definition)
    if kind == "link":
        return _link(reading, node, definition)
    if kind == "conditional":
        return _conditional(reading, node, definition)
    if kind == "compensate":
        return _compensate(reading, node, definition)
    if kind in ("terminate", "cancel"):
        return EventInfo("terminate" if kind == "terminate" else "cancel")
    _unsupported(reading, node, local_name(definition))
    return UNSUPPORTED


def _unsupported(reading: Reading, node: Node, what: str) -> None:
    reading.report(
        node,
        "bpmn-unsupported",
        Sentence(
            "Expected an event that we carry out, but {kind} with {definition} is not "
            "supported.",
            {"kind": word(local_name(node)), "definition": what},
        ),
        Sentence("Use events of one kind each, as processes/README.md lists them."),
    )


def _message(reading: Reading, node: Node, reference: str | None) -> EventInfo:
    message = reading.messages.get(reference or "")
    if message is None or not message.get("name"):
        if _throws(node):  # What a throw event sends is named by its job.
            return EventInfo("message")
        reading.report(
            node,
            "bpmn-message-name",
            Sentence("Expected the name of a message, but none is chosen."),
            Sentence("Choose a message with a name."),
        )
        return EventInfo("message")
    subscription = message.find(f".//{zeebe('subscription')}")
    key = None if subscription is None else subscription.get("correlationKey")
    return EventInfo(
        "message",
        message=reading.term(node, "message name", message.get("name")),
        key=reading.feel(node, "correlationKey", key),
    )


def _signal(reading: Reading, node: Node, definition: Node) -> EventInfo:
    signal = reading.signals.get(definition.get("signalRef") or "")
    name = None if signal is None else signal.get("name")
    if not name:
        reading.report(
            node,
            "bpmn-signal-name",
            Sentence("Expected the name of a signal, but none is chosen."),
            Sentence("Choose a signal with a name."),
        )
    return EventInfo("signal", signal=reading.term(node, "signal name", name))


def _link(reading: Reading, node: Node, definition: Node) -> EventInfo:
    name = (definition.get("name") or "").strip()
    if not name:
        reading.report(
            node,
            "bpmn-link-name",
            Sentence("Expected the name of a link, but there is none."),
            Sentence("Give both ends of the link the same name."),
        )
    return EventInfo("link", link=name or None)


def _conditional(reading: Reading, node: Node, definition: Node) -> EventInfo:
    test = reading.feel(node, "condition", text_of(definition, "condition"))
    if test is None:
        reading.report(
            node,
            "bpmn-conditional-missing",
            Sentence("Expected the condition that the event waits for, but there is none."),
            Sentence("Give it a condition in FEEL, such as = amount > 1000."),
        )
        return EventInfo("conditional")
    marks = definition.find(f"{bpmn('extensionElements')}/{zeebe('conditionalFilter')}")
    names = _listed(marks, "variableNames")
    changes = _listed(marks, "variableEvents")
    for change in changes:
        if change not in ("create", "update"):
            reading.report(
                node,
                "bpmn-conditional-change",
                Sentence(
                    "Expected the changes that the condition looks at to be create or "
                    "update, but got {change}.",
                    {"change": change},
                ),
                Sentence("Correct the variable events of the condition."),
            )
    return EventInfo("conditional", condition=ConditionInfo(test, names, changes))


def _listed(marks: Node | None, attribute: str) -> tuple[str, ...]:
    text = "" if marks is None else marks.get(attribute, "")
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _compensate(reading: Reading, node: Node, definition: Node) -> EventInfo:
    if definition.get("waitForCompletion") == "false":
        reading.report(
            node,
            "bpmn-compensation-wait",
            Sentence(
                "Expected the compensation to be waited for, but waitForCompletion is "
                "false."
            ),
            Sentence("Remove waitForCompletion, or draw the way back with tasks."),
        )
    return EventInfo("compensate", activity_ref=definition.get("activityRef") or None)


def _throws(node: Node) -> bool:
    return local_name(node) in ("intermediateThrowEvent", "endEvent")


def _timer(reading: Reading, node: Node, definition: Node) -> EventInfo:
    for tag, kind in _TIMERS:
        child = definition.find(bpmn(tag))
        if child is not None and (child.text or "").strip():
            term = reading.term(node, tag, child.text)
            return EventInfo("timer", timer=TimerInfo(kind, term) if term else None)
    reading.report(
        node,
        "bpmn-timer-missing",
        Sentence("Expected a date, duration or cycle of the timer, but there is none."),
        Sentence("Give the timer a date, a duration such as PT1H, or a cycle."),
    )
    return EventInfo("timer")


def _code(reading: Reading, node: Node, definition: Node, kind: str) -> str | None:
    reference = definition.get(f"{kind}Ref")
    found = (reading.errors if kind == "error" else reading.escalations).get(
        reference or ""
    )
    if found is None:
        if reference:
            reading.report(
                node,
                "bpmn-code-reference",
                Sentence(
                    "Expected “{reference}” to be defined in the file, but it is not.",
                    {"reference": reference},
                ),
                Sentence("Choose one that is defined, with a code."),
            )
        return None
    code = found.get(f"{kind}Code")
    if code and code.startswith("="):
        reading.report(
            node,
            "bpmn-code-fixed",
            Sentence(
                "Expected a fixed code, but “{code}” is an expression.", {"code": code}
            ),
            Sentence("Write the code itself."),
        )
    return code or None
