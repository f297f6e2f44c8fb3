"""Every sentence of FEEL and DMN can be said in both kinds of Chinese."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import engine
from engine.language import translations

ENGINE = Path(engine.__file__).parent
#: Which argument of a call is a template.
MAKERS = {
    "Sentence": 0,
    "NoValue": 0,
    "TooLarge": 0,
    "SyntaxProblem": 0,
    "BudgetExceeded": 0,
    "FeelError": 0,
    "DmnError": 0,
    "warn": 2,
    "Undecided": 1,
}


def templates() -> Iterator[str]:
    for folder in ("feel", "dmn"):
        for path in (ENGINE / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                text = template_in(node)
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield text.value


def template_in(node: ast.AST) -> ast.expr | None:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        place = MAKERS.get(name, len(node.args))
        return node.args[place] if place < len(node.args) else None
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in (
        "template",
        "what",
    ):
        return node.value
    return None


TEMPLATES = sorted(set(templates()))


def test_the_sentences_are_found():
    assert len(TEMPLATES) > 100


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_it_has_its_words(template, language):
    said = translations(language).gettext(template)

    assert said != template
    assert set(re.findall(r"{(\w+)}", said)) == set(re.findall(r"{(\w+)}", template))
