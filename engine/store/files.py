"""Keeps the contents of documents in a folder, each under its own digest."""

import errno
import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkstemp

from engine.model import NotFound, Sentence, Unavailable

THUMBNAILS = "thumbnails"  #: The folder of small pictures, beside the contents.
NO_ROOM = Sentence(
    "Expected room to keep this, but the disk is full. Nothing was changed; try again when"
    " operations have made room."
)
_DIGEST_LENGTH = 64
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class FileStore:
    """A folder of contents by digest; what is in it never changes.

    Args:
        root: The folder; it is made when the first content comes.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def beside(self, name: str) -> Path:
        """Return where a file *name* of the installation lies, beside the contents."""
        return self._root.parent / name

    def add(self, content: bytes) -> str:
        """Keep *content*, safely on disk, and return its sha256 in hexadecimal.

        Raises:
            Unavailable: If there is no room for it.
        """
        digest = hashlib.sha256(content).hexdigest()
        place = self.path(digest)
        try:
            os.utime(place)  # So that it is not taken for one that nobody needs.
            return digest
        except FileNotFoundError:
            pass
        try:
            _write(place, content)
        except OSError as error:
            if error.errno not in _FULL:
                raise
            raise Unavailable(NO_ROOM.template) from error
        return digest

    def read(self, digest: str) -> bytes:
        """Return the content with this digest.

        Raises:
            NotFound: If it is not here.
        """
        try:
            return self.path(digest).read_bytes()
        except FileNotFoundError as error:
            raise NotFound(
                "Expected to find the content {digest}, but there is none.", digest=digest
            ) from error

    def forget(self, digest: str) -> None:
        """Delete the content with this digest, and the small picture made of it."""
        self.path(digest).unlink(missing_ok=True)
        (self.beside(THUMBNAILS) / f"{digest}.jpg").unlink(missing_ok=True)

    def has(self, digest: str) -> bool:
        """Tell whether the content with this digest is here."""
        return self.path(digest).is_file()

    def added_before(self, moment: datetime) -> Iterator[str]:
        """Yield the digests of contents that nobody has added since, not even once more."""
        for place in self._root.glob("??/*"):
            if len(place.name) == _DIGEST_LENGTH and _touched(place) < moment:
                yield place.name

    def path(self, digest: str) -> Path:
        """Return where the content with this digest lies, or would lie.

        Raises:
            NotFound: If *digest* is none, so that it cannot name another place.
        """
        if len(digest) != _DIGEST_LENGTH or not set(digest) <= set("0123456789abcdef"):
            raise NotFound(
                "Expected to find the content {digest}, but there is none.", digest=digest
            )
        return self._root / digest[:2] / digest


def _write(place: Path, content: bytes) -> None:
    """Write *content* to *place*: all of it, or nothing."""
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = mkstemp(dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(place)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    _sync(place.parent)


def _touched(place: Path) -> datetime:
    return datetime.fromtimestamp(place.stat().st_mtime, UTC)


def _sync(folder: Path) -> None:
    """Make the names in *folder* outlast a power cut, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
