"""Small BPMN files for the tests of drawings."""

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="file">'
)


def shape(
    element: str, x: float, y: float, width: float, height: float, **more: str
) -> str:
    """Return the drawing of a shape; ``label`` gives its label's bounds."""
    label = more.pop("label", "")
    attributes = "".join(f' {name}="{value}"' for name, value in more.items())
    return (
        f'<bpmndi:BPMNShape bpmnElement="{element}"{attributes}>'
        f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'
        f"{_label(label)}</bpmndi:BPMNShape>"
    )


def edge(element: str, *points: tuple[float, float], label: str = "") -> str:
    """Return the drawing of a flow."""
    way = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
    return (
        f'<bpmndi:BPMNEdge bpmnElement="{element}">{way}{_label(label)}</bpmndi:BPMNEdge>'
    )


def _label(bounds: str) -> str:
    if not bounds:
        return ""
    x, y, width, height = bounds.split()
    return (
        f'<bpmndi:BPMNLabel><dc:Bounds x="{x}" y="{y}" width="{width}" '
        f'height="{height}"/></bpmndi:BPMNLabel>'
    )


def picture(model: str, drawn: str, plane: str = "p") -> bytes:
    """Return a file with *model* and its drawing on the plane of *plane*."""
    return (
        f'{HEAD}{model}<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="{plane}">'
        f"{drawn}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>"
    ).encode()


def process(content: str, **attributes: str) -> str:
    """Return a process called 投诉 with *content*."""
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<process id="p" name="投诉"{more}>{content}</process>'


def flow(name: str, source: str, target: str, label: str = "", more: str = "") -> str:
    """Return a sequence flow."""
    named = f' name="{label}"' if label else ""
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<sequenceFlow id="{name}" {ends}{named}>{more}</sequenceFlow>'


def task(name: str, label: str = "办理") -> str:
    """Return a user task."""
    return f'<userTask id="{name}" name="{label}"/>'


def lanes(**held: str) -> str:
    """Return lanes; each argument lists the nodes of a lane, separated by spaces."""
    drawn = "".join(
        f'<lane id="{lane}" name="{lane}">'
        + "".join(f"<flowNodeRef>{node}</flowNodeRef>" for node in nodes.split())
        + "</lane>"
        for lane, nodes in held.items()
    )
    return f'<laneSet id="lanes">{drawn}</laneSet>'


def pooled(content: str) -> str:
    """Return a process in a pool, without its drawing."""
    return (
        '<collaboration id="c"><participant id="pool" name="公司" processRef="p"/>'
        f"</collaboration>{process(content)}"
    )


def undrawn(model: str) -> bytes:
    """Return a file with *model* and no drawing."""
    return f"{HEAD}{model}</definitions>".encode()
