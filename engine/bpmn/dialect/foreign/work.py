"""Rewrites the work of the machine, and what goes into an activity."""

from lxml import etree

from engine.bpmn.dialect.foreign.juel import is_juel, quoted
from engine.bpmn.dialect.foreign.marks import Marks
from engine.bpmn.dialect.reading import Node, local_name


def rewrite_work(marks: Marks) -> None:
    """Say a service or send task that fetches its work from outside as a job."""
    topic = marks.get("topic")
    if marks.get("type") == "external" and topic:
        feel = marks.feel(topic)
        if feel is None or marks.put("taskDefinition", "type", feel):
            marks.take("type", "topic")


def rewrite_mappings(marks: Marks) -> None:
    """Say the input parameters as input mappings.

    Output parameters stay: beside them another engine lets every result out, we only
    what is mapped.
    """
    for held in marks.elements("inputOutput"):
        for parameter in list(held.iterchildren(tag=etree.Element)):
            if local_name(parameter) != "inputParameter" or len(parameter):
                continue
            source = _source(marks, parameter)
            if source is not None:
                marks.put_line(
                    "ioMapping", "input", source=source, target=parameter.get("name") or ""
                )
            held.remove(parameter)
        if not len(held):
            marks.done(held)


def _source(marks: Marks, parameter: Node) -> str | None:
    text = (parameter.text or "").strip()
    if not text:
        return "= null"
    return marks.feel(text) if is_juel(text) else f"= {quoted(text)}"
