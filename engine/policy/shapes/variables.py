"""The variables of a policy, each with whatever any part of the policy may write to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.bpmn import ElementInfo, Term
from engine.feel.shapes import (
    ANY,
    NUMBER,
    TEXT,
    Known,
    Shape,
    context_of,
    list_of,
    shape_of,
    shape_of_value,
    union,
)
from engine.policy.outcomes import outcome_of
from engine.policy.parts import Parts
from engine.policy.shapes.decisions import shape_of_decision
from engine.policy.shapes.forms import Written, nested, written_by

ROUNDS = 4  #: Scripts may read what scripts write; each round knows more of it.
#: What every expression may read of the case itself, as `engine.store.facts` gives it.
CASE_FACTS = (
    "number",
    "title",
    "policy",
    "startedAt",
    "startedBy",
    "startedUnit",
    "openedFrom",
)
_FACTS: Mapping[str, Shape] = {
    "case": context_of(dict.fromkeys(CASE_FACTS, TEXT.or_null)),
    "registrar": ANY,
    "directory": ANY,
    "loopCounter": NUMBER,
}


@dataclass(frozen=True, slots=True)
class Variables:
    """What is known of the variables; whatever is not named may be anything."""

    known: Known

    def at(self, path: tuple[str, ...]) -> Shape:
        """Return what stands at *path*."""
        shape = self.known.names.get(path[0], ANY)
        for name in path[1:]:
            shape = shape.member(name)
        return shape


def variables_of(parts: Parts) -> Variables:
    """Return what the forms, tables, scripts and mappings of a policy write."""
    known = Known(_FACTS)
    for _ in range(ROUNDS):
        names: dict[str, Shape] = {}
        for path, shape in _written(parts, known):
            names[path[0]] = _added(names.get(path[0]), path, shape)
        again = Known({**_FACTS, **{name: shape.or_null for name, shape in names.items()}})
        if again == known:
            break
        known = again
    return Variables(known)


def _added(before: Shape | None, path: tuple[str, ...], shape: Shape) -> Shape:
    """Return *before* with what is written at *path*."""
    if len(path) == 1:
        return shape if before is None else union((before, shape))
    if before is not None and before.kinds is None:
        return ANY
    if before is not None and not before.only("context"):
        return union((before, nested(path, shape)))
    return nested(path, shape, before)


def _written(parts: Parts, known: Known) -> Iterator[Written]:
    for form in parts.forms.values():
        yield from written_by(form, known)
    for process in parts.processes.values():
        for element in process.elements.values():
            yield from _by_element(parts, element, known)


def _by_element(parts: Parts, element: ElementInfo, known: Known) -> Iterator[Written]:
    for mapping in (*element.inputs, *element.outputs):
        yield mapping.target, _of_term(mapping.source, known)
    if element.result_variable:
        yield (element.result_variable,), _result(parts, element, known)
    if element.loop is not None:
        collection = _of_term(element.loop.collection, known)
        if element.loop.item:
            items = collection.items if collection.only("list") else ANY
            yield (element.loop.item,), items
        if element.loop.output_collection:
            collected = _of_term(element.loop.output_element, known).or_null
            yield (element.loop.output_collection,), list_of(collected)
    for name in payload_of(element):
        yield (name,), ANY
    for name, shape in outcome_of(element).items():
        yield (name,), shape


def _result(parts: Parts, element: ElementInfo, known: Known) -> Shape:
    if element.decision is not None:
        return shape_of_decision(parts.decisions, element.decision_id)
    return ANY if element.script is None else _of_term(element.script, known)


def _of_term(term: Term | None, known: Known) -> Shape:
    if term is None:
        return ANY
    if term.expression is None:
        return ANY if term.literal is None else shape_of_value(term.literal)
    return shape_of(term.expression.tree, known).stored


def payload_of(element: ElementInfo) -> list[str]:
    """Return the variables that a message brings, as its property ``payload`` lists."""
    listed = element.properties.get("payload", "").replace("，", ",").replace("、", ",")
    return [name.strip() for name in listed.split(",") if name.strip()]
