"""Decisions: DMN tables, expressions and the graph of what they require.

It knows neither processes nor cases: it is given variables, and returns a value with the
rules that led to it.
"""

from engine.dmn.errors import DmnError, DmnProblem, DmnProblems
from engine.dmn.model import DecisionInfo, DecisionModel
from engine.dmn.outcome import DecisionOutcome, RuleHit, TableTrace

__all__ = [
    "DecisionInfo",
    "DecisionModel",
    "DecisionOutcome",
    "DmnError",
    "DmnProblem",
    "DmnProblems",
    "RuleHit",
    "TableTrace",
]
