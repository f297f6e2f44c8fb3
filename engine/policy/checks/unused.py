"""Forms and letters that nothing uses."""

from collections.abc import Iterator

from engine.model import Finding, Sentence
from engine.policy.checks.elements import all_elements, literal_words
from engine.policy.parts import Parts


def unused_findings(parts: Parts) -> Iterator[Finding]:
    """Yield a warning for each form and letter that no diagram names."""
    if parts.definitions is None:
        return
    forms = {element.form_id for element in all_elements(parts)}
    terms = [
        element.job.headers.get("letter") for element in all_elements(parts) if element.job
    ]
    letters = {word for term in terms for word in literal_words(term)}
    depends = any(term and term.expression and term.expression.reads for term in terms)
    for form in parts.forms:
        if form not in forms:
            yield _unused(f"forms/{form}.form", "form-unused")
    for letter in parts.letters:
        if letter not in letters and not depends:
            yield _unused(f"letters/{letter}.md", "letter-unused")


def _unused(file: str, rule: str) -> Finding:
    return Finding(
        file=file,
        element=None,
        rule=rule,
        what=Sentence("No diagram uses it."),
        remedy=Sentence("Use it at an element, or take the file out."),
        severity="warning",
    )
