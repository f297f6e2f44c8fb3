"""Judges a drawing as a process owner would: is it complete, and can it be read?"""

from engine.diagram.judge.report import DrawingProblem, DrawingReport
from engine.diagram.judge.verdict import judge

__all__ = ["DrawingProblem", "DrawingReport", "judge"]
