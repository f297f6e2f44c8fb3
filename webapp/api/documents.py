"""Files: sent for a form or a case, and fetched."""

from io import BytesIO
from typing import Annotated

import msgspec
from msgspec import Meta
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from engine.commands.cases.documents import AttachDocument
from engine.model import Sentence
from engine.queries.cases.documents import OneDocument, StoredDocument
from engine.queries.cases.file import CaseFile
from webapp.api.acting import run
from webapp.api.declaring import Binary, about, operation
from webapp.cases.documents import send_content
from webapp.forms.uploads import LARGEST_FILE, receive
from webapp.shell.gate import ask, engine
from webapp.shell.speech import current_language

FILE = Binary("application/octet-stream", LARGEST_FILE)


class FileName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the file is called."""

    name: Annotated[
        str,
        Meta(min_length=1, max_length=200),
        about("With its ending, such as photo.jpg"),
    ]


class FileKept(msgspec.Struct, frozen=True):
    """A file as values of forms refer to it."""

    document: int
    name: str
    type: str
    size: int
    digest: str


@operation(
    "POST",
    "/documents",
    Sentence("Send a file to be named in a form"),
    scopes=("intake", "tasks"),
    status=201,
    takes=FILE,
)
def send_file_for_form(query: FileName, content: bytes) -> FileKept:
    """Keep it; the answer goes into the list of a file field as it is."""
    return _keep(query.name, content, None)


@operation(
    "GET",
    "/cases/{case_id}/documents",
    Sentence("List the files of a case"),
    scopes=("cases",),
)
def list_documents(case_id: int) -> list[FileKept]:
    """Return them, the oldest first."""
    found = ask(CaseFile(case_id, current_language()))
    return [_told(document) for document in found.documents]


@operation(
    "POST",
    "/cases/{case_id}/documents",
    Sentence("Attach a file to a case"),
    scopes=("cases",),
    status=201,
    takes=FILE,
)
def attach_document(case_id: int, query: FileName, content: bytes) -> FileKept:
    """Keep it with the case."""
    return _keep(query.name, content, case_id)


@operation(
    "GET",
    "/documents/{document_id}",
    Sentence("Fetch a file"),
    scopes=("cases",),
    gives=("*/*",),
)
def fetch_document(document_id: int) -> Response:
    """Return its content."""
    return send_content(ask(OneDocument(document_id)))


def _keep(name: str, content: bytes, case_id: int | None) -> FileKept:
    received = receive(FileStorage(BytesIO(content), filename=name))
    command = AttachDocument(
        name=received.name,
        media_type=received.media_type,
        size=len(received.content),
        digest=engine().database.holdings.files.add(received.content),
        case_id=case_id,
    )
    return _told(ask(OneDocument(run(command))))


def _told(document: StoredDocument) -> FileKept:
    return FileKept(
        document.id, document.name, document.media_type, document.size, document.digest
    )
