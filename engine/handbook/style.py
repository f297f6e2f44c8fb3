"""Gives a picture the look that it has on paper, where no page styles it."""

_STYLE = """
.bpmn{font-family:"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;font-size:12px}
.bpmn>rect,.bpmn-paper{fill:#fff}
.bpmn-outline{fill:#fff;stroke:#2b3440;stroke-width:1.5}
.bpmn-surface,.bpmn-inner,.bpmn-strip{fill:none;stroke:none}
.bpmn-inner{stroke:#2b3440;stroke-width:1.5}
.bpmn-icon,.bpmn-bracket{fill:none;stroke:#2b3440;stroke-linejoin:round;stroke-width:1.1}
.bpmn-solid{fill:#2b3440}.bpmn-inverse{stroke:#fff}
.bpmn-sign{fill:none;stroke:#2b3440;stroke-linecap:round;stroke-width:3}
.bpmn-endEvent>.bpmn-outline,.bpmn-callActivity>.bpmn-outline{stroke-width:3.5}
.bpmn-non-interrupting>.bpmn-outline{stroke-dasharray:5 3}
.bpmn-by-event>.bpmn-outline{stroke-dasharray:2 3}
.bpmn-group>.bpmn-outline{fill:none;stroke-dasharray:10 4 2 4}
.bpmn-participant>.bpmn-outline,.bpmn-lane>.bpmn-outline{stroke:#5b6675;stroke-width:1}
.bpmn-lane>.bpmn-outline{fill:none}
.bpmn-name,.bpmn-label{fill:#2b3440;font-size:12px}
.bpmn-label{paint-order:stroke;stroke:#fff;stroke-linejoin:round;stroke-width:3}
.bpmn-line{fill:none;stroke:#2b3440;stroke-linejoin:round;stroke-width:1.3}
.bpmn-head{fill:#2b3440;stroke:#2b3440;stroke-linejoin:round;stroke-width:1}
.bpmn-open,.bpmn-tail{fill:#fff;stroke:#2b3440;stroke-width:1.3}
.bpmn-messageFlow>.bpmn-line{stroke-dasharray:8 5}
.bpmn-association>.bpmn-line{stroke-dasharray:1 4;stroke-linecap:round}
"""


def with_style(svg: str) -> str:
    """Return *svg* as a picture of its own, on white."""
    head, mark, body = svg.partition(">")
    ground = '<rect x="-100000" y="-100000" width="200000" height="200000" fill="#fff"/>'
    return f"{head}{mark}<style>{_STYLE}</style>{ground}{body}\n"
