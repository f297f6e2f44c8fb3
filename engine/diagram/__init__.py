"""Draws BPMN diagrams: places them, judges the drawing, and renders it as SVG.

Works on the XML alone (BPMN 2.0 with its diagram interchange); it neither executes a
process nor judges whether the process makes sense.
"""

from engine.diagram.drawing import NotDrawn
from engine.diagram.judge import DrawingProblem, DrawingReport, judge
from engine.diagram.layout import lay_out
from engine.diagram.svg.marks import Mark
from engine.diagram.svg.page import render_svg

__all__ = [
    "DrawingProblem",
    "DrawingReport",
    "Mark",
    "NotDrawn",
    "judge",
    "lay_out",
    "render_svg",
]
