"""Files of cases: shown to those who may see the case, as pictures or to be saved."""

from pathlib import Path

from flask import Blueprint, current_app, send_file
from werkzeug.wrappers import Response

from engine.model import NotFound
from engine.queries.cases.documents import OneDocument, StoredDocument
from webapp.forms.uploads import PICTURES, thumbnail
from webapp.shell.gate import ask, engine

pages = Blueprint("documents", __name__, url_prefix="/documents")

#: A file is no page of ours: nothing in it may run or load anything.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox"


@pages.get("/<int:document_id>")
def content(document_id: int) -> Response:
    """Send a file: pictures to look at, everything else to be saved."""
    return send_content(ask(OneDocument(document_id)))


@pages.get("/<int:document_id>/small")
def small(document_id: int) -> Response:
    """Send a small picture.

    Raises:
        NotFound: If the file is no picture.
    """
    document = ask(OneDocument(document_id))
    if not _is_picture(document):
        raise NotFound(
            "Expected {name} to be a picture, but it is none.", name=document.name
        )
    return _send(_thumbnail(document), document, "image/jpeg", saved=False)


def send_content(document: StoredDocument) -> Response:
    """Return the file: pictures to be looked at, everything else to be saved."""
    path = engine().database.holdings.files.path(document.digest)
    return _send(path, document, document.media_type, saved=not _is_picture(document))


def _is_picture(document: StoredDocument) -> bool:
    return document.media_type in PICTURES.values()


def _thumbnail(document: StoredDocument) -> Path:
    """Return where the small picture lies, making it when it is first asked for."""
    folder: Path = current_app.config["THUMBNAILS"]
    path = folder / f"{document.digest}.jpg"
    if not path.is_file():
        made = thumbnail(engine().database.holdings.files.read(document.digest))
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(made)
        part.replace(path)
    return path


def _send(
    path: Path, document: StoredDocument, media_type: str, *, saved: bool
) -> Response:
    response = send_file(
        path,
        mimetype=media_type,
        as_attachment=saved,
        download_name=document.name,
        max_age=0,
    )
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = "private, no-cache"
    return response
