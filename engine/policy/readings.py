"""Every expression of a policy but those of its tables, and where each stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.bpmn import ElementInfo
from engine.feel import Expression, FeelError, parse_expression, parse_template
from engine.policy.parts import POLICY, ROLES, Parts
from engine.policy.sections.ledger import LEDGER_FACTS
from engine.policy.sections.public import LINK


@dataclass(frozen=True, slots=True)
class Reading:
    """One expression and where it stands."""

    file: str
    element: str | None
    expression: Expression
    facts: frozenset[str] = frozenset()  #: What it may read besides what all may.


def readings(parts: Parts) -> Iterator[Reading]:
    """Yield the expressions of diagrams, head, letters, forms and prints."""
    yield from readings_of_cases(parts)
    yield from _in_forms(parts)
    for printed in parts.prints.values():
        for place, expression in printed.expressions():
            yield Reading(f"prints/{printed.id}.toml", place, expression)


def readings_of_cases(parts: Parts) -> Iterator[Reading]:
    """Yield the expressions that carry a case out: not those of forms and prints."""
    yield from _in_diagrams(parts)
    yield from _in_head(parts)
    yield from ledger_readings(parts)
    is_public = parts.settings is not None and parts.settings.public is not None
    facts = frozenset({LINK}) if is_public else frozenset[str]()
    for letter in parts.letters.values():
        for text in (letter.title, letter.body):
            for expression in parse_template(text).expressions:
                yield Reading(f"letters/{letter.id}.md", None, expression, facts)


def _in_forms(parts: Parts) -> Iterator[Reading]:
    for form in parts.forms.values():
        for component, source in form.expressions:
            try:
                expression = parse_expression(source, form.keys)
            except FeelError:
                continue  # Told by the reading of the form.
            yield Reading(f"forms/{form.id}.form", component, expression)


def _in_diagrams(parts: Parts) -> Iterator[Reading]:
    for process in parts.processes.values():
        for element in process.elements.values():
            for each in element.expressions:
                yield Reading(process.file, element.id, each.expression)
            for expression in _told(element):
                yield Reading(process.file, element.id, expression)
        for flow in process.flows.values():
            if flow.test is not None and flow.test.expression is not None:
                yield Reading(process.file, flow.id, flow.test.expression)


def _told(element: ElementInfo) -> tuple[Expression, ...]:
    """Return what is read for the text by which a customer is told of a step."""
    try:
        return parse_template(element.properties.get("public", "")).expressions
    except FeelError:
        return ()  # Told by the check of the property.


def _in_head(parts: Parts) -> Iterator[Reading]:
    settings = parts.settings
    if settings is not None:
        secret = settings.confidential
        for place, expression in (
            ("case.title", settings.case_title),
            ("case.customer", settings.customer),
            ("case.unit", settings.unit),
            ("case.excluded", settings.excluded),
            ("public.email", settings.public.email if settings.public else None),
            ("confidential.when", secret.when if secret else None),
            ("confidential.spokesperson", secret.spokesperson if secret else None),
        ):
            if expression is not None:
                yield Reading(POLICY, place, expression)
    for role in parts.roles.values():
        if role.unit is not None:
            yield Reading(ROLES, f"{role.id}.unit", role.unit)


def ledger_readings(parts: Parts) -> Iterator[Reading]:
    """Yield the expressions of the ledger's columns and of the statistics' measures."""
    settings = parts.settings
    if settings is None:
        return
    for column in settings.ledger.columns if settings.ledger else ():
        yield Reading(POLICY, f"ledger.column {column.id}", column.value, LEDGER_FACTS)
    if settings.statistics is not None:
        for key, measure in settings.statistics.measures.items():
            yield Reading(POLICY, f"statistics.{key}", measure, LEDGER_FACTS)
