"""Rewrites which process a call activity calls, and what goes in and comes out."""

from engine.bpmn.dialect.foreign.marks import Marks
from engine.bpmn.dialect.names import zeebe
from engine.bpmn.dialect.reading import Node


def rewrite_call(marks: Marks) -> None:
    """Say BPMN's calledElement and the vendors' in and out as Camunda 8 does.

    Unlike in Camunda 8, nothing goes in or out there that is not named.
    """
    node = marks.node
    called = node.get("calledElement")
    if not called or node.find(f".//{zeebe('calledElement')}") is not None:
        return
    process = marks.feel(called)
    if process is None:
        return
    marks.put("calledElement", "processId", process)
    everything = {"in": marks.get("inheritVariables") == "true", "out": False}
    marks.take("inheritVariables")
    for direction in ("in", "out"):
        for line in marks.elements(direction):
            if line.get("variables") == "all" and not line.get("local"):
                everything[direction] = True
                marks.done(line)
            elif line.get("businessKey"):
                marks.done(line)  # A called process belongs to the same case.
            else:
                _map(marks, direction, line)
    for direction, attribute in (
        ("in", "propagateAllParentVariables"),
        ("out", "propagateAllChildVariables"),
    ):
        marks.put("calledElement", attribute, str(everything[direction]).lower())


def _map(marks: Marks, direction: str, line: Node) -> None:
    source, target = line.get("source"), line.get("target")
    if source is None and line.get("sourceExpression"):
        feel = marks.feel(line.get("sourceExpression") or "")
        if feel is None:
            marks.done(line)
            return
        source = feel.removeprefix("=").strip()
    if source and target and not line.get("local"):
        tag = "input" if direction == "in" else "output"
        marks.put_line("ioMapping", tag, source=f"= {source}", target=target)
        marks.done(line)
