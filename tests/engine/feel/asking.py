"""Evaluates expressions at a fixed moment and shows what they give."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.feel import Budget, Context, parse_expression
from engine.feel.run import Run
from engine.feel.values.text import literal_text
from engine.model import Json

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
CONTEXT = Context(NOW)


def ask(source: str, variables: Mapping[str, Json] | None = None) -> str:
    """Return the value of *source* as FEEL writes it."""
    given = variables or {}
    result = parse_expression(source, tuple(given)).evaluate(given, CONTEXT)
    return literal_text(result.value, Run(Budget(), NOW))


def warnings_of(source: str, variables: Mapping[str, Json] | None = None) -> list[str]:
    """Return the kinds of the warnings that evaluating *source* gives."""
    result = parse_expression(source).evaluate(variables or {}, CONTEXT)
    return [warning.kind for warning in result.warnings]
