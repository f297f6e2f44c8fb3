"""Makes real files of the ones that a scenario names, so that forms can take them."""

from io import BytesIO
from pathlib import PurePosixPath

from PIL import Image

from engine.commands.cases.documents import AttachDocument
from engine.forms import Form
from engine.model import Actor, Json, Variables
from engine.runtime import Engine

_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".pdf": "application/pdf",
}
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}


def with_files(
    engine: Engine, form: Form | None, values: Variables, actor: Actor
) -> Variables:
    """Return *values* with a file, sent by *actor*, in place of each that is only named.

    A file is named by its name alone in a file field, or as forms hold it.
    """
    pickers = set() if form is None else _pickers(form)

    def replaced(value: Json, key: str) -> Json:
        if isinstance(value, dict) and "document" in value:
            return _sent(engine, actor, str(value.get("name", "")))
        if isinstance(value, dict):
            return {name: replaced(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [replaced(inner, key) for inner in value]
        if isinstance(value, str) and key in pickers:
            return _sent(engine, actor, value)
        return value

    return {name: replaced(value, name) for name, value in values.items()}


def _pickers(form: Form) -> set[str]:
    return {
        inner.path[-1]
        for component in form.components
        for inner in component.walk()
        if inner.kind == "filepicker" and inner.path
    }


def _sent(engine: Engine, actor: Actor, name: str) -> Json:
    media_type = _TYPES.get(PurePosixPath(name).suffix.lower(), "text/plain")
    content = _content(name, media_type)
    digest = engine.database.holdings.files.add(content)
    size = len(content)
    document = engine.run(AttachDocument(name, media_type, size, digest), by=actor)
    return {
        "document": document,
        "name": name,
        "type": media_type,
        "size": size,
        "digest": digest,
    }


def _content(name: str, media_type: str) -> bytes:
    if media_type == "application/pdf":
        return b"%PDF-1.4\n% " + name.encode() + b"\n%%EOF\n"
    if media_type not in _FORMATS:
        return name.encode()
    picture = BytesIO()
    shade = sum(name.encode()) % 256  # Different names give different pictures.
    Image.new("RGB", (8, 8), (shade, shade, shade)).save(picture, _FORMATS[media_type])
    return picture.getvalue()
