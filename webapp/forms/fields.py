"""Takes in what a browser sends of a form; `templates/fields` shows such forms."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from flask import Flask, Request
from werkzeug.datastructures import FileStorage

from engine.forms import Errors, Form, with_row_added, with_row_removed
from engine.model import Json, Rejected, Sentence

_NUMBER = re.compile(r"[0-9]{1,9}")
#: Of a document: its number, name, media type, size and digest.
Document = Mapping[str, Json]


class DocumentAddress(Protocol):
    """Gives the address of a document, or of its small picture."""

    def __call__(self, document: Document, *, small: bool = False) -> str:
        """Return the address within this site."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent."""

    values: dict[str, Json]  #: As `Form.decode` returns them.
    errors: Errors  #: Of the files that were not taken, by field.
    is_edit: bool  #: Whether only rows or the form were to change: show it again.


def install(app: Flask, address: DocumentAddress) -> None:
    """Give the templates what `templates/fields` needs."""
    app.jinja_env.globals.update(document_address=address, file_size=file_size)


def file_size(document: Document) -> str:
    """Return a size as people read it, such as 1.2 MB."""
    size = int(document["size"])
    if size < 1000:
        return f"{size} B"
    return f"{size / 1e3:.0f} kB" if size < 1e6 else f"{size / 1e6:.1f} MB"


def read_sent(
    form: Form,
    request: Request,
    *,
    keep: Callable[[FileStorage], Document],
    known: Callable[[Collection[int]], Iterable[Document]],
) -> Sent:
    """Return what was entered into *form*.

    Args:
        form: The form that the page showed.
        request: The one that was posted.
        keep: Keeps an upload and returns its document, or refuses it with `Rejected`.
        known: Returns those of the documents with these numbers that the person may use.
    """
    fields = {
        name: [text.replace("\0", "") for text in texts]  # Nobody typed it.
        for name, texts in request.form.lists()
        if not _is_ours(name)
    }
    files, errors = _uploads(form, request, keep)
    fields.update({name: [""] for name in request.files.keys() - files.keys()})
    dropped = set(request.form.getlist("_drop"))
    for name in form.file_names(fields):
        wanted = [
            int(text)
            for text in fields[name]
            if _NUMBER.fullmatch(text) and f"{name}/{text}" not in dropped
        ]
        fields[name] = []
        files[name] = (
            [*known(wanted), *files.get(name, ())] if wanted else files.get(name, [])
        )
    values = form.decode(fields, files)
    return Sent(_with_rows_changed(values, request), errors, is_edit(request))


def _is_ours(name: str) -> bool:
    return name == "csrf_token" or name.startswith("_")


def is_edit(request: Request) -> bool:
    """Tell whether only rows or the form were to change, and nothing to be sent."""
    return not request.form.keys().isdisjoint(("_refresh", "_add", "_remove"))


def _with_rows_changed(values: dict[str, Json], request: Request) -> dict[str, Json]:
    for name in request.form.getlist("_add"):
        values = with_row_added(values, name)
    for name in request.form.getlist("_remove"):
        values = with_row_removed(values, name)
    return values


def _uploads(
    form: Form, request: Request, keep: Callable[[FileStorage], Document]
) -> tuple[dict[str, list[Json]], dict[str, tuple[Sentence, ...]]]:
    """Keep the uploads, by field; an upload that is refused is an error of its field."""
    files: dict[str, list[Json]] = {}
    errors: dict[str, tuple[Sentence, ...]] = {}
    for name in form.file_names(request.files.keys()):
        files[name] = []
        for upload in request.files.getlist(name):
            if not upload.filename:  # A file field left empty.
                continue
            try:
                files[name].append(dict(keep(upload)))
            except Rejected as refused:
                errors[name] = (*errors.get(name, ()), refused.sentence)
    return files, errors
