"""Writes small BPMN files for the tests, in the dialect that the modeler saves."""

from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

_HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'id="definitions" targetNamespace="http://example.org">'
)

#: The mark of an activity for compensation.
FOR_UNDOING = {"isForCompensation": "true"}


def diagram(*parts: str) -> bytes:
    """Return a file with *parts*: processes, messages, errors, escalations."""
    return f"{_HEAD}{''.join(parts)}</bpmn:definitions>".encode()


def process(process_id: str, *parts: str) -> str:
    """Return an executable process."""
    inside = "".join(parts)
    return f'<bpmn:process id="{process_id}" isExecutable="true">{inside}</bpmn:process>'


def element(tag: str, element_id: str, *inside: str, **attributes: str) -> str:
    """Return a BPMN element; an attribute ``camunda__x`` becomes ``camunda:x``."""
    more = "".join(
        f" {name.replace('__', ':')}={quoteattr(value)}"
        for name, value in attributes.items()
    )
    extensions = "".join(part for part in inside if part.startswith("<zeebe:"))
    if extensions:
        extensions = f"<bpmn:extensionElements>{extensions}</bpmn:extensionElements>"
    rest = "".join(part for part in inside if not part.startswith("<zeebe:"))
    return f'<bpmn:{tag} id="{element_id}"{more}>{extensions}{rest}</bpmn:{tag}>'


def flow(source: str, target: str, condition: str | None = None, flow_id: str = "") -> str:
    """Return a sequence flow; its id is ``source-target`` unless said."""
    inside = "" if condition is None else _formal("conditionExpression", condition)
    return element(
        "sequenceFlow",
        flow_id or f"{source}-{target}",
        inside,
        sourceRef=source,
        targetRef=target,
    )


def flows(*chain: str) -> str:
    """Return the flows along *chain*."""
    return "".join(flow(a, b) for a, b in pairwise(chain))


def start(element_id: str = "start", *inside: str) -> str:
    """Return a start event."""
    return element("startEvent", element_id, *inside)


def end(element_id: str = "end", *inside: str) -> str:
    """Return an end event."""
    return element("endEvent", element_id, *inside)


def user(element_id: str, *inside: str, **attributes: str) -> str:
    """Return a user task."""
    return element("userTask", element_id, "<zeebe:userTask />", *inside, **attributes)


def script(element_id: str, expression: str, result: str) -> str:
    """Return a script task."""
    inside = zeebe("script", expression=expression, resultVariable=result)
    return element("scriptTask", element_id, inside)


def service(element_id: str, kind: str, *inside: str) -> str:
    """Return a service task."""
    return element("serviceTask", element_id, zeebe("taskDefinition", type=kind), *inside)


def decision(element_id: str, decision_id: str, result: str) -> str:
    """Return a business rule task."""
    inside = zeebe("calledDecision", decisionId=decision_id, resultVariable=result)
    return element("businessRuleTask", element_id, inside)


def call(element_id: str, process_id: str, *inside: str, **attributes: str) -> str:
    """Return a call activity."""
    called = zeebe("calledElement", processId=process_id, **attributes)
    return element("callActivity", element_id, called, *inside)


def sub(element_id: str, *inside: str, **attributes: str) -> str:
    """Return an embedded sub-process."""
    return element("subProcess", element_id, *inside, **attributes)


def xor(element_id: str, default: str | None = None) -> str:
    """Return an exclusive gateway."""
    return _gateway("exclusiveGateway", element_id, default)


def either(element_id: str, default: str | None = None) -> str:
    """Return an inclusive gateway."""
    return _gateway("inclusiveGateway", element_id, default)


def fork(element_id: str) -> str:
    """Return a parallel gateway."""
    return _gateway("parallelGateway", element_id, None)


def first_of(element_id: str) -> str:
    """Return an event-based gateway."""
    return _gateway("eventBasedGateway", element_id, None)


def _gateway(tag: str, element_id: str, default: str | None) -> str:
    return element(tag, element_id, **({} if default is None else {"default": default}))


def catch(element_id: str, *inside: str) -> str:
    """Return an intermediate catch event."""
    return element("intermediateCatchEvent", element_id, *inside)


def throw(element_id: str, *inside: str) -> str:
    """Return an intermediate throw event."""
    return element("intermediateThrowEvent", element_id, *inside)


def boundary(element_id: str, host: str, *inside: str, interrupting: bool = True) -> str:
    """Return a boundary event."""
    return element(
        "boundaryEvent",
        element_id,
        *inside,
        attachedToRef=host,
        cancelActivity=str(interrupting).lower(),
    )


def duration(text: str) -> str:
    """Return the definition of a timer with a duration."""
    return _timer("timeDuration", text)


def date(text: str) -> str:
    """Return the definition of a timer with a date."""
    return _timer("timeDate", text)


def cycle(text: str) -> str:
    """Return the definition of a timer with a cycle."""
    return _timer("timeCycle", text)


def _timer(tag: str, text: str) -> str:
    inside = _formal(tag, text)
    return f"<bpmn:timerEventDefinition>{inside}</bpmn:timerEventDefinition>"


def _formal(tag: str, text: str) -> str:
    return f'<bpmn:{tag} xsi:type="bpmn:tFormalExpression">{escape(text)}</bpmn:{tag}>'


def message(message_id: str, key: str | None = "= number", name: str = "") -> str:
    """Return the definition of a message; its name is its id unless said."""
    inside = [] if key is None else [zeebe("subscription", correlationKey=key)]
    return element("message", message_id, *inside, name=name or message_id)


def of_message(message_id: str) -> str:
    """Return a message event definition."""
    return f'<bpmn:messageEventDefinition messageRef="{message_id}"/>'


def error(error_id: str, code: str) -> str:
    """Return the definition of an error."""
    return element("error", error_id, name=error_id, errorCode=code)


def of_error(error_id: str | None = None) -> str:
    """Return an error event definition; without an id for every error."""
    reference = "" if error_id is None else f' errorRef="{error_id}"'
    return f"<bpmn:errorEventDefinition{reference}/>"


def escalation(escalation_id: str, code: str) -> str:
    """Return the definition of an escalation."""
    return element("escalation", escalation_id, name=escalation_id, escalationCode=code)


def of_escalation(escalation_id: str | None = None) -> str:
    """Return an escalation event definition; without an id for every escalation."""
    reference = "" if escalation_id is None else f' escalationRef="{escalation_id}"'
    return f"<bpmn:escalationEventDefinition{reference}/>"


def signal(signal_id: str, name: str = "") -> str:
    """Return the definition of a signal; its name is its id unless said."""
    return element("signal", signal_id, name=name or signal_id)


def of_signal(signal_id: str) -> str:
    """Return a signal event definition."""
    return f'<bpmn:signalEventDefinition signalRef="{signal_id}"/>'


def of_link(name: str) -> str:
    """Return a link event definition."""
    return f'<bpmn:linkEventDefinition name="{name}"/>'


def of_condition(text: str, **looks_at: str) -> str:
    """Return a conditional event definition; *looks_at* is its zeebe:conditionalFilter."""
    marks = zeebe("conditionalFilter", **looks_at) if looks_at else ""
    return element("conditionalEventDefinition", "", marks, _formal("condition", text))


def event_sub(
    element_id: str, *inside: str, begins: tuple[str, ...], interrupting: bool = True
) -> str:
    """Return an event sub-process; its start event is ``<id>-start``."""
    first = element(
        "startEvent",
        f"{element_id}-start",
        *begins,
        isInterrupting=str(interrupting).lower(),
    )
    return element("subProcess", element_id, first, *inside, triggeredByEvent="true")


def terminate() -> str:
    """Return a terminate event definition."""
    return "<bpmn:terminateEventDefinition/>"


def zeebe(tag: str, *inside: str, **attributes: str) -> str:
    """Return a Camunda 8 extension element."""
    more = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f"<zeebe:{tag}{more}>{''.join(inside)}</zeebe:{tag}>"


def mapping(
    inputs: dict[str, str] | None = None, outputs: dict[str, str] | None = None
) -> str:
    """Return a zeebe:ioMapping: for each target its source."""
    lines = [zeebe("input", source=s, target=t) for t, s in (inputs or {}).items()]
    lines += [zeebe("output", source=s, target=t) for t, s in (outputs or {}).items()]
    return zeebe("ioMapping", *lines)


def properties(**values: str) -> str:
    """Return zeebe:properties."""
    lines = [zeebe("property", name=name, value=value) for name, value in values.items()]
    return zeebe("properties", *lines)


def each(
    collection: str,
    item: str = "item",
    *,
    sequential: bool = False,
    until: str | None = None,
    **attributes: str,
) -> str:
    """Return multi-instance characteristics that go through *collection*."""
    marks = zeebe(
        "loopCharacteristics", inputCollection=collection, inputElement=item, **attributes
    )
    condition = "" if until is None else _formal("completionCondition", until)
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
        f"<bpmn:extensionElements>{marks}</bpmn:extensionElements>{condition}"
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def times(
    number: str, item: str | None = None, *, sequential: bool = False, **attributes: str
) -> str:
    """Return multi-instance characteristics with a loop cardinality."""
    named = attributes if item is None else {"inputElement": item, **attributes}
    marks = zeebe("loopCharacteristics", **named)
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
        f"<bpmn:extensionElements>{marks}</bpmn:extensionElements>"
        f"{_formal('loopCardinality', number)}"
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def again(
    condition: str | None = None, *, before: bool = False, most: int | None = None
) -> str:
    """Return standard loop characteristics: go on while *condition* is true."""
    marks = f' testBefore="{str(before).lower()}"'
    marks += "" if most is None else f' loopMaximum="{most}"'
    inside = "" if condition is None else _formal("loopCondition", condition)
    tag = "bpmn:standardLoopCharacteristics"
    return f"<{tag}{marks}>{inside}</{tag}>"


def transaction(element_id: str, *inside: str, **attributes: str) -> str:
    """Return a transaction."""
    return element("transaction", element_id, *inside, **attributes)


def undo(element_id: str, *inside: str) -> str:
    """Return a user task for compensation."""
    return user(element_id, *inside, **FOR_UNDOING)


def undone_by(activity: str, handler: str) -> str:
    """Return the event and the association that join *activity* with its handler."""
    event_id = f"undo-{activity}"
    event = boundary(event_id, activity, of_compensation())
    ends = {"sourceRef": event_id, "targetRef": handler}
    return event + element("association", f"{event_id}-by", **ends)


def of_compensation(activity: str | None = None) -> str:
    """Return a compensation event definition; without an activity for all."""
    reference = "" if activity is None else f' activityRef="{activity}"'
    return f"<bpmn:compensateEventDefinition{reference}/>"


def of_cancel() -> str:
    """Return a cancel event definition."""
    return "<bpmn:cancelEventDefinition/>"
