"""Forms, letters and guides that nothing uses."""

from collections.abc import Iterator

from engine.model import Finding, Sentence
from engine.policy.checks.elements import all_elements, literal_words
from engine.policy.ids import listed_ids
from engine.policy.parts import Parts


def unused_findings(parts: Parts) -> Iterator[Finding]:
    """Yield a warning for each form, letter and guide that no diagram names."""
    if parts.definitions is None:
        return
    forms = {element.form_id for element in all_elements(parts)}
    terms = [
        element.job.headers.get("letter") for element in all_elements(parts) if element.job
    ]
    letters = {word for term in terms for word in literal_words(term)}
    public = parts.settings.public if parts.settings else None
    if public is not None:
        forms.add(public.survey)
        letters |= {public.acknowledge or "", public.survey_letter or ""}
    depends = any(term and term.expression and term.expression.reads for term in terms)
    for form in parts.forms:
        if form not in forms:
            yield _unused(f"forms/{form}.form", "form-unused")
    for letter in parts.letters:
        if letter not in letters and not depends:
            yield _unused(f"letters/{letter}.md", "letter-unused")
    shown = {
        guide
        for element in all_elements(parts)
        for guide in listed_ids(element.properties.get("guides"))
    }
    for guide in parts.guides:
        if guide not in shown:
            yield _unused(f"guides/{guide}.md", "guide-unused")


def _unused(file: str, rule: str) -> Finding:
    return Finding(
        file=file,
        element=None,
        rule=rule,
        what=Sentence("No diagram uses it."),
        remedy=Sentence("Use it at an element, or take the file out."),
        severity="warning",
    )
