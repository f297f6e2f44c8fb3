"""Looks into uploaded files before they are kept: how large, of what kind, and whole."""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError
from werkzeug.datastructures import FileStorage

from engine.commands.cases.documents import AttachDocument
from engine.model import Actor, InvalidValues, Json, Rejected
from webapp.shell.gate import actor, engine

LARGEST_FILE = 20_000_000  #: Bytes.
MOST_PIXELS = 120_000_000  #: Phones have 108 million; more is a trap.
MOST_DECODED = 50_000_000  #: Pixels of a picture that cannot be read at a smaller scale.
LONGEST_NAME = 120
THUMBNAIL = (400, 400)
Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # Pillow warns of larger ones, which are refused.

PICTURES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}
_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_OTHERS = {"application/pdf", "audio/mpeg", "audio/mp4", "video/mp4", "video/quicktime"}
_PICTURE_ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".heic"}
_TEXT_ENDINGS = {".txt": "text/plain", ".csv": "text/csv"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_OFFICE_ENDINGS = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
}


class BadFile(Rejected):
    """A file that is not kept."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file that may be kept."""

    name: str
    media_type: str  #: By its content, not as the browser said.
    content: bytes


def keep(upload: FileStorage, by: Actor | None = None) -> dict[str, Json]:
    """Keep what was uploaded for the form that somebody fills in, and name it.

    It is kept for the person who is signed in, unless *by* is another.

    Raises:
        BadFile: If it is not taken.
    """
    received = receive(upload)
    digest = engine().database.holdings.files.add(received.content)
    command = AttachDocument(
        name=received.name,
        media_type=received.media_type,
        size=len(received.content),
        digest=digest,
    )
    try:
        number = engine().run(command, by=by or actor())
    except InvalidValues as refusal:
        sentence = next(iter(refusal.errors.values()))[0]
        raise BadFile(sentence.template, **sentence.values) from refusal
    return {
        "document": number,
        "name": received.name,
        "type": received.media_type,
        "size": len(received.content),
        "digest": digest,
    }


def receive(upload: FileStorage) -> Received:
    """Return what was uploaded, its kind told by its content.

    Raises:
        BadFile: If it is too large, empty, of a kind that is not taken, or broken.
    """
    name = clean_name(upload.filename or "")
    content = upload.stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise BadFile(
            "Expected a file of at most {limit} MB, but {name} is larger.",
            limit=LARGEST_FILE // 1_000_000,
            name=name,
        )
    if not content:
        raise BadFile(
            "Expected a file with something in it, but {name} is empty.", name=name
        )
    return Received(name, media_type(name, content), content)


def clean_name(name: str) -> str:
    """Return the last part of *name* without characters that mislead or break lines."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(
        character
        for character in unicodedata.normalize("NFC", last)
        if unicodedata.category(character)[0] != "C"
    ).strip(" .")
    ending = PurePosixPath(plain).suffix[:12]
    stem = plain.removesuffix(ending)[: LONGEST_NAME - len(ending)]
    return re.sub(r"\s+", " ", stem).strip(" .") + ending or "file"


def media_type(name: str, content: bytes) -> str:
    """Return the kind of *content*.

    Raises:
        BadFile: If it is none that is taken, or not what the ending of *name* promises.
    """
    ending = PurePosixPath(name).suffix.lower()
    picture = _picture_kind(name, content)
    if picture is not None:
        return picture
    if ending in _PICTURE_ENDINGS:
        raise BadFile(
            "Expected a photo as JPEG, PNG, WebP or GIF, but {name} is none.", name=name
        )
    kind = _document_kind(ending, content)
    if kind is None:
        raise BadFile(
            "Expected a photo, PDF, Word or Excel file, text, sound or video, but {name} is"
            " none of these.",
            name=name,
        )
    return kind


def thumbnail(content: bytes) -> bytes:
    """Return a small JPEG of a picture, turned upright, with nothing else in it."""
    return smaller(content, THUMBNAIL)


def smaller(content: bytes, size: tuple[int, int]) -> bytes:
    """Return a JPEG of a picture that fits into *size*, turned upright and bare."""
    with Image.open(BytesIO(content)) as picture:
        picture.draft("RGB", size)
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail(size)
        ground = Image.new("RGB", upright.size, "white")
        shown = upright.convert("RGBA")
        ground.paste(shown, mask=shown.getchannel("A"))
    small = BytesIO()
    ground.save(small, "JPEG", quality=80)
    return small.getvalue()


def _picture_kind(name: str, content: bytes) -> str | None:
    """Return the kind of a picture that can be read to its end; None for other files."""
    try:
        with Image.open(BytesIO(content), formats=tuple(PICTURES)) as picture:
            _refuse_giant(name, picture)
            picture.draft("RGB", THUMBNAIL)
            picture.load()
            return PICTURES[picture.format or ""]
    except UnidentifiedImageError:
        return None
    except Image.DecompressionBombError as error:
        raise _giant(name, MOST_PIXELS) from error
    except (OSError, SyntaxError, ValueError, IndexError) as error:
        raise BadFile(
            "Expected a whole photo, but {name} is cut off or broken; take or send it"
            " again.",
            name=name,
        ) from error


def _refuse_giant(name: str, picture: Image.Image) -> None:
    pixels = picture.width * picture.height
    limit = MOST_PIXELS if picture.format == "JPEG" else MOST_DECODED
    if pixels > limit:
        raise _giant(name, limit)


def _giant(name: str, limit: int) -> BadFile:
    return BadFile(
        "Expected a photo of at most {limit} million pixels, but {name} has more.",
        limit=limit // 1_000_000,
        name=name,
    )


def _document_kind(ending: str, content: bytes) -> str | None:
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content)
    if content.startswith(_OLD_OFFICE):
        return _OLD_OFFICE_ENDINGS.get(ending)
    if ending in _TEXT_ENDINGS and _is_text(content):
        return _TEXT_ENDINGS[ending]
    try:
        guesses = puremagic.magic_string(content)
    except puremagic.PureError:
        return None
    kinds = [guess.mime_type for guess in guesses if guess.confidence >= 0.4]
    return next((kind for kind in kinds if kind in _OTHERS), None)


def _office_kind(content: bytes) -> str | None:
    """Return the kind of an Office document by its table of contents alone."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next(
        (
            kind
            for folder, kind in _OFFICE.items()
            if any(name.startswith(folder) for name in names)
        ),
        None,
    )


def _is_text(content: bytes) -> bool:
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "\x00" not in text
    return False
