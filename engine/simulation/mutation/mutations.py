"""Lists everything that is changed of a policy, one thing at a time."""

from collections.abc import Iterator
from dataclasses import replace

from engine.policy.bundle import Bundle
from engine.policy.parts import Parts, read_parts
from engine.simulation.mutation.diagrams import DiagramChanges
from engine.simulation.mutation.forms import form_changes
from engine.simulation.mutation.tables import TableChanges
from engine.simulation.mutation.word import Mutation


def mutations(bundle: Bundle) -> tuple[Mutation, ...]:
    """Return all mutations of *bundle*, numbered from 1, the same ones every time."""
    found = _all(bundle, read_parts(bundle))
    return tuple(replace(each, number=place) for place, each in enumerate(found, start=1))


def _all(bundle: Bundle, parts: Parts) -> Iterator[Mutation]:
    roles, letters = tuple(parts.roles), tuple(parts.letters)
    for name, source in parts.diagrams.items():
        yield from DiagramChanges(name, source, roles, letters).all()
    for name, source in parts.tables.items():
        yield from TableChanges(name, source).all()
    for name in bundle.named(".form"):
        yield from form_changes(name, bundle.files[name])
