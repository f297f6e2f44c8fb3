"""FEEL, the expression language of DMN: conditions, tables, forms and letters.

It is safe by construction: no text is ever run as Python, every evaluation has a budget,
and what goes beyond it is an error and never null. It reads no clock and knows neither
processes nor decisions.
"""

from engine.feel.context import Context
from engine.feel.errors import BudgetExceeded, FeelError, SyntaxProblem
from engine.feel.expression import (
    Expression,
    Result,
    UnaryTests,
    parse_expression,
    parse_unary_tests,
)
from engine.feel.run import Budget, Warning_
from engine.feel.template import Template, parse_template, render_template
from engine.feel.values.json import from_json, to_json
from engine.feel.values.kinds import FeelFunction, FeelValue
from engine.feel.working_time import working_time_functions

__all__ = [
    "Budget",
    "BudgetExceeded",
    "Context",
    "Expression",
    "FeelError",
    "FeelFunction",
    "FeelValue",
    "Result",
    "SyntaxProblem",
    "Template",
    "UnaryTests",
    "Warning_",
    "from_json",
    "parse_expression",
    "parse_template",
    "parse_unary_tests",
    "render_template",
    "to_json",
    "working_time_functions",
]
