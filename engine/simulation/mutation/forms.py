"""Lets one required field of a form go empty."""

import copy
from collections.abc import Iterator

import msgspec

from engine.model import Json, Sentence
from engine.simulation.mutation.word import Mutation


def form_changes(file: str, source: bytes) -> Iterator[Mutation]:
    """Yield a mutation for each field of the form that must be filled in."""
    form: Json = msgspec.json.decode(source)
    for place, field in enumerate(_fields(form)):
        if isinstance(field.get("validate"), dict) and field["validate"].get("required"):
            changed = copy.deepcopy(form)
            list(_fields(changed))[place]["validate"]["required"] = False
            yield Mutation(
                "required field",
                file,
                str(field.get("key") or field.get("path") or field.get("id")),
                Sentence(
                    "“{label}” may stay empty",
                    {"label": str(field.get("label") or field.get("key"))},
                ),
                msgspec.json.encode(changed),
            )


def _fields(part: Json) -> Iterator[dict[str, Json]]:
    if isinstance(part, dict):
        for component in part.get("components") or ():
            if isinstance(component, dict):
                yield component
                yield from _fields(component)
