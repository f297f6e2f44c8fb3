"""Rewrites the texts that stand in BPMN's own elements: conditions, times and names."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.dialect.foreign.juel import is_juel
from engine.bpmn.dialect.foreign.marks import Marks
from engine.bpmn.dialect.names import bpmn
from engine.bpmn.dialect.reading import Node, Reading, local_name, owner
from engine.model import Sentence

_TEXTS = (
    "conditionExpression",
    "condition",
    "timeDate",
    "timeDuration",
    "timeCycle",
    "loopCardinality",
    "completionCondition",
    "loopCondition",
)
_NAMED = ("message", "signal")
#: What a language attribute says in the files of other tools.
_JUEL, _FEEL = ("", "juel"), "feel"


def rewrite_texts(reading: Reading) -> None:
    """Say in FEEL what the texts of the file say in JUEL."""
    for node in list(_places(reading.root)):
        marks = Marks(reading, node)
        language = (node.get("language") or "").lower()
        text = (node.text or "").strip()
        if language.rstrip("/").endswith(_FEEL):
            node.text = text if text.startswith("=") or not text else f"= {text}"
        elif language not in _JUEL and "://" not in language and text:
            _refuse_language(reading, node)
            node.text = None
        elif is_juel(text):
            node.text = marks.feel(text)
    for tag in _NAMED:
        for node in reading.root.iterchildren(bpmn(tag)):
            name = node.get("name") or ""
            if is_juel(name):
                node.set("name", Marks(reading, node).feel(name) or name)


def _places(root: Node) -> Iterator[Node]:
    for process in root.iterchildren(bpmn("process")):
        if process.get("isExecutable") == "true":
            for node in process.iter(tag=etree.Element):
                if local_name(node) in _TEXTS:
                    yield node


def _refuse_language(reading: Reading, node: Node) -> None:
    what = Sentence(
        "Expected an expression in FEEL, but that of {element} is in {language}.",
        {"element": owner(node) or "", "language": node.get("language")},
    )
    reading.report(node, "bpmn-language", what, Sentence("Write it in FEEL."))
