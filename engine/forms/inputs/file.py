"""Files: references to documents that were uploaded before."""

import mimetypes
from collections.abc import Iterator, Mapping, Sequence

from engine.forms.component import Component
from engine.forms.context import Scope
from engine.model import Json, Sentence

MOST_FILES = 50
_MEMBERS = {"document": int, "name": str, "type": str, "size": int, "digest": str}
_PHOTOS = {".heic": "image/heic", ".heif": "image/heif", ".webp": "image/webp"}


class Files:
    """A list of documents, each with number, name, type, size and digest."""

    def missing(self, component: Component) -> Sentence:
        """Ask for a file."""
        return Sentence("Upload at least one file.")

    @property
    def empty(self) -> Json:
        """No file at all."""
        return []

    def read(self, component: Component, texts: Sequence[str]) -> Json:
        """Return the texts, which are no documents; those come as files."""
        return [text for text in texts if text]

    def settle(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return documents with no more members than a document has, none twice."""
        if value is None:
            return []
        if not isinstance(value, list) or not all(map(is_document, value)):
            return value
        by_number = {file["document"]: file for file in value}
        return [{name: file[name] for name in _MEMBERS} for file in by_number.values()]

    def adopt(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return a list of documents, or none."""
        fits = isinstance(value, list) and all(map(is_document, value))
        return self.settle(component, value, scope) if fits else []

    def faults(self, component: Component, value: Json, scope: Scope) -> Iterator[Sentence]:
        """Say where they are no documents, too many, or of a type not accepted."""
        if not isinstance(value, list) or not all(map(is_document, value)):
            yield Sentence("Upload the file again; it did not arrive.")
            return
        if len(value) > 1 and not component.flag("multiple", scope):
            yield Sentence(
                "Upload one file only; these are {count}.", {"count": len(value)}
            )
        if len(value) > MOST_FILES:
            yield Sentence("Upload at most {most} files.", {"most": MOST_FILES})
        accepted = accept(component, scope)
        for file in value:
            if accepted and not any(_accepts(token, file) for token in accepted):
                yield Sentence(
                    "{name} is of a type that is not accepted here; upload {accepted}.",
                    {"name": file["name"], "accepted": ", ".join(accepted)},
                )


def is_document(value: Json) -> bool:
    """Tell whether *value* refers to a document."""
    return isinstance(value, Mapping) and all(
        isinstance(value.get(name), kind) and not isinstance(value.get(name), bool)
        for name, kind in _MEMBERS.items()
    )


def accept(component: Component, scope: Scope) -> tuple[str, ...]:
    """Return the accepted types, such as ``image/*`` and ``.pdf``."""
    text = component.setting("accept", scope)
    tokens = text.lower().split(",") if isinstance(text, str) else []
    return tuple(token.strip() for token in tokens if token.strip())


def _accepts(token: str, file: Mapping[str, str]) -> bool:
    """Go by the type that was found in the content; by name only where none is known."""
    name, kind = file["name"].lower(), file["type"].lower()
    if token in ("*", "*/*"):
        return True
    if not token.startswith("."):
        return kind == token or (token.endswith("/*") and kind.startswith(token[:-1]))
    expected = _PHOTOS.get(token) or mimetypes.guess_type(f"a{token}")[0] or ""
    if expected.startswith(("image/", "video/", "audio/")) or expected == "application/pdf":
        return kind == expected
    return name.endswith(token)
