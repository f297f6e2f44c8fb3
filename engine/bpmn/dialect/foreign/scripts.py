"""Rewrites script tasks that are written in FEEL, and refuses other languages."""

from engine.bpmn.dialect.foreign.marks import Marks
from engine.bpmn.dialect.names import bpmn
from engine.model import Sentence


def rewrite_script(marks: Marks) -> None:
    """Say BPMN's script in FEEL with zeebe:script."""
    node = marks.node
    script = node.find(bpmn("script"))
    if script is None:
        return
    language = (node.get("scriptFormat") or "").lower()
    if language.rstrip("/").endswith("feel"):
        source = (script.text or "").strip().removeprefix("=").strip()
        if marks.put("script", "expression", f"= {source}"):
            marks.move("resultVariable", "script", "resultVariable")
            node.remove(script)
    else:
        what = Sentence(
            "Expected a script in FEEL, but it is in {language}.",
            {"language": language or Sentence("another language")},
        )
        remedy = Sentence("Write it in FEEL, or make it a service task.")
        marks.reading.report(node, "bpmn-script", what, remedy)
        node.remove(script)
