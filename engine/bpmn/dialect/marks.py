"""Refuses marks of BPMN that change what an element does and are not carried out."""

from engine.bpmn.dialect.reading import Node, Reading, local_name
from engine.bpmn.words import word
from engine.model import Sentence

_ORDINARY = {
    "instantiate": "false",
    "parallelMultiple": "false",
    "startQuantity": "1",
    "completionQuantity": "1",
}


def refuse_marks(reading: Reading, node: Node) -> None:
    """Note each mark of *node* that would change its behaviour."""
    for name, ordinary in _ORDINARY.items():
        value = node.get(name, ordinary)
        if value != ordinary:
            reading.report(
                node,
                "bpmn-unsupported",
                Sentence(
                    "Expected constructs that we carry out, but {kind} with {mark} is not "
                    "supported.",
                    {"kind": word(local_name(node)), "mark": f'{name}="{value}"'},
                ),
                Sentence("Draw it with the constructs in processes/README.md."),
            )
