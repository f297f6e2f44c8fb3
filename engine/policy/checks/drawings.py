"""Drawings that are hard to read."""

from collections.abc import Iterator

from engine.diagram import NotDrawn
from engine.diagram.judge import judge
from engine.markup import MarkupError
from engine.model import Finding, Sentence
from engine.policy.parts import Parts

_UNDRAWN = "drawing-missing"
_MOST_UNDRAWN = 5  #: More are told in one finding: the file has not been drawn yet.


def drawing_findings(parts: Parts) -> Iterator[Finding]:
    """Yield a warning for each thing that hinders the readers of a diagram."""
    for name, source in parts.diagrams.items():
        try:
            report = judge(source)
        except MarkupError:
            continue  # Told by the reading of the diagrams.
        except NotDrawn as error:
            yield Finding(name, None, "drawing", error.sentence, _DRAW, "warning")
            continue
        undrawn = [each.element for each in report.problems if each.rule == _UNDRAWN]
        if len(undrawn) > _MOST_UNDRAWN:
            yield _nothing_drawn(name, len(undrawn))
        for problem in report.problems:
            if problem.rule == _UNDRAWN and len(undrawn) > _MOST_UNDRAWN:
                continue
            yield Finding(
                file=name,
                element=problem.element,
                rule=problem.rule,
                what=problem.what,
                remedy=problem.remedy,
                severity="warning",
            )


def _nothing_drawn(name: str, count: int) -> Finding:
    what = Sentence("{count} elements and flows are not drawn.", {"count": count})
    return Finding(name, None, _UNDRAWN, what, _DRAW, "warning")


_DRAW = Sentence("Draw it anew in the modeler, or let the layout place it.")
