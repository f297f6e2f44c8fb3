"""Judges files that people send: size, kind, and whether a photo is one."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from engine.model import Sentence

LARGEST = 20 * 1024 * 1024  #: Bytes.
_LONGEST_NAME = 200
_MOST_PIXELS = 120_000_000  #: Phones have 108 million.
Image.MAX_IMAGE_PIXELS = _MOST_PIXELS  # Pillow warns of larger ones, which are refused.

#: What may be sent, with what its content begins with; None where anything may.
_BEGINNINGS: dict[str, tuple[bytes, ...] | None] = {
    "application/pdf": (b"%PDF-",),
    "application/msword": (b"\xd0\xcf\x11\xe0",),
    "application/vnd.ms-excel": (b"\xd0\xcf\x11\xe0",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (b"PK\3\4",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (b"PK\3\4",),
    "audio/mpeg": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "text/csv": None,
    "text/plain": None,
}
_BOXED = {"video/mp4", "video/quicktime", "audio/mp4", "image/heic", "image/heif"}
_PICTURES = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
}

MEDIA_TYPES = frozenset({*_BEGINNINGS, *_BOXED, *_PICTURES})


def faults_of(name: str, media_type: str, content: bytes) -> tuple[Sentence, ...]:
    """Return what is wrong with a file; nothing if it may be kept."""
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        return (
            Sentence(
                "Expected a file name of at most {limit} characters.",
                {"limit": _LONGEST_NAME},
            ),
        )
    if not content:
        return (
            Sentence(
                "Expected a file with something in it, but {name} is empty.", {"name": name}
            ),
        )
    if len(content) > LARGEST:
        return (
            Sentence(
                "Expected a file of at most {limit} MB, but {name} has {size}.",
                {
                    "limit": LARGEST // 1024 // 1024,
                    "name": name,
                    "size": -(-len(content) // 1024 // 1024),
                },
            ),
        )
    if media_type not in MEDIA_TYPES:
        return (
            Sentence(
                "Expected a picture, a document, a sound or a film, but {name} is {type}.",
                {"name": name, "type": media_type},
            ),
        )
    if not _is_what_it_says(media_type, content):
        return (
            Sentence(
                "Expected {name} to be {type}, but its content is something else.",
                {"name": name, "type": media_type},
            ),
        )
    return ()


def _is_what_it_says(media_type: str, content: bytes) -> bool:
    if media_type in _PICTURES:
        return _is_picture(_PICTURES[media_type], content)
    if media_type in _BOXED:
        return content[4:8] == b"ftyp"
    beginnings = _BEGINNINGS[media_type]
    return beginnings is None or content.startswith(beginnings)


def _is_picture(kind: str, content: bytes) -> bool:
    """Tell whether *content* is a picture of that kind, not too large to be opened."""
    try:
        with Image.open(BytesIO(content), formats=(kind,)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return False
            picture.verify()
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
    ):
        return False
    return True
