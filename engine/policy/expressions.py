"""Reads the FEEL in files that people type."""

from engine.feel import Expression, FeelError, parse_expression
from engine.model import Sentence
from engine.policy.toml import Table


def read_expression(table: Table, key: str) -> Expression | None:
    """Return the expression at *key*, which begins with ``=``; None if there is none."""
    source = table.text(key).strip()
    if not source:
        return None
    if not source.startswith("="):
        table.report(
            key,
            "feel-without-sign",
            Sentence(
                "Expected FEEL, which begins with =, but it is {text}.", {"text": source}
            ),
            Sentence(
                "Write = in front of it, and put fixed text in double quotes after that."
            ),
        )
        return None
    try:
        return parse_expression(source[1:])
    except FeelError as error:
        table.report(key, "feel-syntax", error.sentence, CHECK_EXPRESSION)
        return None


CHECK_EXPRESSION = Sentence(
    "Correct the expression; texts stand in double quotes, and names are written as in "
    "the form."
)
