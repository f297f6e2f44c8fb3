"""Every rule of the table refuses a model that breaks it and lets one that keeps it be."""

import ast
from pathlib import Path

import pytest

import engine.bpmn
from engine.bpmn import inspect
from engine.bpmn.rules import RULES
from engine.dmn import DecisionModel
from tests.engine.bpmn.rules import drawn as drawing
from tests.engine.bpmn.rules import happenings, undone, ways, works
from tests.engine.bpmn.rules.example import Example, drawn

EXAMPLES: dict[str, Example] = {
    **drawing.EXAMPLES,
    **ways.EXAMPLES,
    **happenings.EXAMPLES,
    **works.EXAMPLES,
    **undone.EXAMPLES,
}
TABLE = {
    "known.dmn": b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" '
    b'id="d" name="d" namespace="n"><decision id="known" name="known">'
    b'<literalExpression id="l"><text>1</text></literalExpression></decision>'
    b"</definitions>"
}


def broken(parts: tuple[str, ...] | bytes) -> set[str]:
    problems = inspect({"p.bpmn": drawn(parts)}, DecisionModel.parse(TABLE))
    return {problem.rule for problem in problems}


@pytest.mark.parametrize("rule", RULES)
def test_a_model_that_breaks_the_rule_is_refused(rule: str) -> None:
    assert rule in broken(EXAMPLES[rule].fails)


@pytest.mark.parametrize("rule", RULES)
def test_a_model_that_keeps_the_rule_is_taken(rule: str) -> None:
    assert broken(EXAMPLES[rule].holds) == set()


def test_every_rule_that_is_found_stands_in_the_table() -> None:
    assert named_in_code() == set(RULES)


def named_in_code() -> set[str]:
    root = Path(engine.bpmn.__file__).parent
    return {
        node.value
        for path in root.rglob("*.py")
        if path.parent.name != "rules"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.startswith("bpmn-")
    }
