"""Writes small diagrams and forms, and tells which variables may be missing in them."""

import json
from itertools import pairwise
from xml.sax.saxutils import quoteattr

from engine.policy import Bundle, check
from tests.engine.policy.bundles import minimal

_HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="d">'
)
Element = str


def policy(*processes: str, **forms: list[dict[str, object]]) -> Bundle:
    """Return a policy whose process ``complaint`` is started by staff."""
    files = {
        name: content
        for name, content in minimal().files.items()
        if name in ("policy.toml", "roles.toml", "clauses.toml")
    }
    diagram = f"{_HEAD}{''.join(processes)}</bpmn:definitions>"
    files["complaint.bpmn"] = diagram.encode()
    for name, fields in forms.items():
        form = {"id": name, "type": "default", "components": fields}
        files[f"forms/{name}.form"] = json.dumps(form).encode()
    return Bundle("minimal", files)


def missing(bundle: Bundle) -> list[tuple[str | None, str]]:
    """Return where which variable may be missing; the diagrams must have no errors."""
    found = check(bundle)
    broken = [str(each.what) for each in found if each.rule.startswith("bpmn")]
    assert not broken, broken
    return [
        (each.element, str(each.what.values["name"]))
        for each in found
        if each.rule == "variable-unset"
    ]


def process(*inside: Element, key: str = "complaint") -> str:
    """Return a process."""
    return (
        f'<bpmn:process id="{key}" name="{key}" isExecutable="true">'
        f"{''.join(inside)}</bpmn:process>"
    )


def way(*ids: str) -> Element:
    """Return flows from each element to the next."""
    return "".join(flow(one, other) for one, other in pairwise(ids))


def flow(source: str, target: str, condition: str = "") -> Element:
    """Return a flow, named by its ends."""
    test = "<bpmn:conditionExpression>" if condition else ""
    if condition:
        escaped = condition.replace("&", "&amp;").replace("<", "&lt;")
        test = (
            '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
            f"={escaped}</bpmn:conditionExpression>"
        )
    return (
        f'<bpmn:sequenceFlow id="{source}-{target}" sourceRef="{source}"'
        f' targetRef="{target}">{test}</bpmn:sequenceFlow>'
    )


def node(tag: str, key: str, inside: str = "", more: str = "") -> Element:
    """Return a flow node whose name is its id."""
    return f'<bpmn:{tag} id="{key}" name="{key}" {more}>{inside}</bpmn:{tag}>'


def start(key: str = "start", form: str = "") -> Element:
    """Return a start event."""
    return node("startEvent", key, extension(_form(form)))


def end(key: str = "end") -> Element:
    """Return an end event."""
    return node("endEvent", key)


def task(key: str, form: str = "", more: str = "") -> Element:
    """Return a user task."""
    assigned = '<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="clerk"/>'
    return node("userTask", key, extension(f"{assigned}{_form(form)}") + more)


def script(key: str, expression: str, name: str) -> Element:
    """Return a script task."""
    source = quoteattr(f"={expression}")
    inside = f"<zeebe:script expression={source} resultVariable={quoteattr(name)}/>"
    return node("scriptTask", key, extension(inside))


def gateway(key: str, default: str = "", kind: str = "exclusive") -> Element:
    """Return a gateway; *default* is the target of its default flow."""
    more = f'default="{key}-{default}"' if default else ""
    return node(f"{kind}Gateway", key, more=more)


def timer(key: str, expression: str, host: str = "") -> Element:
    """Return a timer to wait for, or one at the border of *host*."""
    inside = (
        '<bpmn:timerEventDefinition><bpmn:timeDate xsi:type="bpmn:tFormalExpression">'
        f"={expression}</bpmn:timeDate></bpmn:timerEventDefinition>"
    )
    if host:
        return node("boundaryEvent", key, inside, f'attachedToRef="{host}"')
    return node("intermediateCatchEvent", key, inside)


def call(key: str, called: str, mappings: str = "", more: str = "") -> Element:
    """Return a call activity."""
    inside = f'<zeebe:calledElement processId="{called}" {more}/>{mappings}'
    return node("callActivity", key, extension(inside))


def inputs(**given: str) -> str:
    """Return input mappings."""
    lines = (
        f"<zeebe:input source={quoteattr('=' + source)} target={quoteattr(name)}/>"
        for name, source in given.items()
    )
    return f"<zeebe:ioMapping>{''.join(lines)}</zeebe:ioMapping>"


def extension(inside: str) -> str:
    """Return extension elements."""
    if not inside:
        return ""
    return f"<bpmn:extensionElements>{inside}</bpmn:extensionElements>"


def _form(form: str) -> str:
    return f'<zeebe:formDefinition formId="{form}"/>' if form else ""


def number(key: str, *, required: bool = True, hide: str = "") -> dict[str, object]:
    """Return a number field."""
    found: dict[str, object] = {
        "id": f"f-{key}",
        "type": "number",
        "key": key,
        "label": key,
        "validate": {"required": required},
    }
    if hide:
        found["conditional"] = {"hide": f"={hide}"}
    return found


def choice(key: str, *values: str) -> dict[str, object]:
    """Return a radio field that must be filled in."""
    options = [{"label": value, "value": value} for value in values]
    field = number(key)
    return {**field, "type": "radio", "values": options}
