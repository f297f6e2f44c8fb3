"""Flows that get stuck, double, or lead nowhere."""

from collections.abc import Iterator

from engine.markup import MarkupError, parse_xml
from engine.model import Finding
from engine.policy.parts import Parts
from engine.policy.soundness.judgement import judge_flow


def flow_findings(parts: Parts) -> Iterator[Finding]:
    """Yield what is unsound in the diagrams that can be read."""
    told = {
        (finding.file, finding.element)
        for finding in parts.findings
        if finding.rule == "bpmn-unreachable"
    }
    for name, source in parts.diagrams.items():
        try:
            root = parse_xml(source)
        except MarkupError:
            continue  # Told by the reading of the diagrams.
        for finding in judge_flow(name, root):
            is_told = (finding.file, finding.element) in told
            if not (is_told and finding.rule == "flow-unreachable"):
                yield finding
