"""Every sentence that the system says has its Chinese words."""

import ast
import re
from pathlib import Path

import pytest

from engine.language import translations

ROOT = Path(__file__).resolve().parent.parent
SENTENCE_MAKERS = {
    "Sentence",
    "NotFound",
    "NotAllowed",
    "NotSigned",
    "WrongPassword",
    "InvalidState",
    "Conflict",
    "EngineError",
    "MarkupError",
    "FeelError",
    "SyntaxProblem",
    "BudgetExceeded",
    "DmnError",
    "ModelError",
    "FormError",
    "TooOften",
    "BadFile",
    "CalendarError",
    "Differs",
    "about",
    "fail",
    "say",
    "_",
    "gettext",
}
JINJA_CALL = re.compile(r"""_\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


def said_in_python() -> set[str]:
    said = set()
    for folder in ("engine", "webapp"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _maker(node.func) in SENTENCE_MAKERS:
                    said |= _template(node)
    return said


def said_in_templates() -> set[str]:
    return {
        ast.literal_eval(literal)
        for path in (ROOT / "webapp" / "templates").rglob("*.html")
        for literal in JINJA_CALL.findall(path.read_text("utf-8"))
    }


def _maker(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _template(call: ast.Call) -> set[str]:
    if not call.args or not isinstance(call.args[0], ast.Constant):
        return set()
    text = call.args[0].value
    return {text} if isinstance(text, str) and text else set()


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW"])
def test_every_sentence_has_its_words(language: str) -> None:
    catalogue = translations(language)

    untranslated = {
        text
        for text in said_in_python() | said_in_templates()
        if re.search("[A-Za-z]", text) and catalogue.gettext(text) == text
    }

    assert not sorted(untranslated)


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW"])
def test_translations_name_the_same_values(language: str) -> None:
    catalogue = translations(language)

    names = re.compile(r"{(\w+)[^}]*}")
    differing = {
        text
        for text in said_in_python() | said_in_templates()
        if set(names.findall(text)) != set(names.findall(catalogue.gettext(text)))
    }

    assert not sorted(differing)
