"""Reads zips that strangers may have made, and writes them byte for byte the same."""

import io
import stat
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from engine.markup import LARGEST_FILE
from engine.model import BundleInvalid, Finding, Sentence

LARGEST_ZIP = 20_000_000  #: Bytes as uploaded.
LARGEST_CONTENT = 40_000_000  #: Bytes of all files together, unpacked.
MOST_FILES = 1_000
LONGEST_NAME = 150  #: Characters; names become the ids of forms and letters.
_HIGHEST_RATIO = 200  #: Unpacked to packed; real diagrams and forms stay below 30.
_RATIO_MATTERS_FROM = 200_000  #: Bytes; a small file full of spaces harms nobody.
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


def read_zip(data: bytes) -> dict[str, bytes]:
    """Return the files in the zip *data* by their name.

    Raises:
        BundleInvalid: If it is no zip, or one that could do harm when unpacked.
    """
    if len(data) > LARGEST_ZIP:
        raise BundleInvalid((_too_large("zip", len(data), LARGEST_ZIP),))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # A broken directory breaks zipfile in many ways.
        raise BundleInvalid((_UNREADABLE,)) from error
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        faults = tuple(_faults(entries))
        if faults:
            raise BundleInvalid(faults)
        return dict(_unpack(archive, entries))


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """Return *files* as a zip that depends on nothing but their names and contents."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _FIRST_DAY_OF_ZIP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, also where another system packs.
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return packed.getvalue()


def _faults(entries: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    if len(entries) > MOST_FILES:
        yield _finding(
            "zip",
            "bundle-size",
            Sentence(
                "Expected at most {limit} files, but the zip holds {count}.",
                {"limit": MOST_FILES, "count": len(entries)},
            ),
            _PACK_ONLY,
        )
        return
    total = sum(entry.file_size for entry in entries)
    if total > LARGEST_CONTENT:
        yield _too_large("zip", total, LARGEST_CONTENT)
    seen: dict[str, str] = {}
    for entry in entries:
        name = _name(entry)
        yield from _entry_faults(entry, name)
        twin = seen.setdefault(name.casefold(), name)
        if twin is not name:
            yield _finding(
                name,
                "bundle-duplicate",
                Sentence(
                    "Expected each name once, but {twin} is there as well.", {"twin": twin}
                ),
                Sentence(
                    "Keep one of the two files; upper and lower case count as the same."
                ),
            )


def _entry_faults(entry: zipfile.ZipInfo, name: str) -> Iterator[Finding]:
    if _leaves_the_bundle(name):
        yield _finding(
            name,
            "bundle-path",
            Sentence("Expected a path inside the bundle, but this one leads out of it."),
            Sentence("Pack the folder anew with an ordinary zip program."),
        )
    if len(name) > LONGEST_NAME:
        yield _finding(
            name[:LONGEST_NAME] + "…",
            "bundle-path",
            Sentence(
                "Expected a name of at most {limit} characters, but it has {count}.",
                {"limit": LONGEST_NAME, "count": len(name)},
            ),
            Sentence("Give the file a shorter name, and what refers to it too."),
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        yield _finding(
            name,
            "bundle-link",
            Sentence("Expected a file, but this is a symbolic link."),
            Sentence("Pack the file itself."),
        )
    if entry.flag_bits & _ENCRYPTED:
        yield _finding(
            name,
            "bundle-encrypted",
            Sentence("Expected a readable file, but it is encrypted."),
            Sentence("Pack the folder without a password."),
        )
    if entry.file_size > LARGEST_FILE:
        yield _too_large(name, entry.file_size, LARGEST_FILE)
    elif (
        entry.file_size > _RATIO_MATTERS_FROM
        and entry.file_size > entry.compress_size * _HIGHEST_RATIO
    ):
        yield _finding(
            name,
            "bundle-bomb",
            Sentence(
                "Expected an ordinary file, but it unpacks to {ratio} times its size.",
                {"ratio": entry.file_size // max(entry.compress_size, 1)},
            ),
            _PACK_ONLY,
        )


def _unpack(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> Iterator[tuple[str, bytes]]:
    for entry in entries:
        name = _name(entry)
        try:
            with archive.open(entry) as file:  # The directory may lie about the size.
                content = file.read(LARGEST_FILE + 1)
        except Exception as error:  # zlib, lzma, bz2 and zipfile each have their own.
            raise BundleInvalid((_damaged(name),)) from error
        if len(content) > LARGEST_FILE:
            raise BundleInvalid((_too_large(name, len(content), LARGEST_FILE),))
        yield name, content


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the entry's name; old Windows programs write Chinese without saying so."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _leaves_the_bundle(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        not name
        or path.is_absolute()
        or ".." in path.parts
        or ":" in path.parts[0]
        or any(ord(character) < 32 for character in name)
    )


def _finding(file: str, rule: str, what: Sentence, remedy: Sentence) -> Finding:
    return Finding(file=file, element=None, rule=rule, what=what, remedy=remedy)


def _too_large(name: str, size: int, limit: int) -> Finding:
    return _finding(
        name,
        "bundle-size",
        Sentence(
            "Expected at most {limit} bytes, but there are {size}.",
            {"limit": limit, "size": size},
        ),
        _PACK_ONLY,
    )


def _damaged(name: str) -> Finding:
    return _finding(
        name,
        "bundle-damaged",
        Sentence("Expected a file that unpacks, but its data are damaged."),
        Sentence("Pack the folder anew with an ordinary zip program."),
    )


_PACK_ONLY = Sentence("Pack the files of one policy and nothing else.")
_UNREADABLE = _finding(
    "zip",
    "bundle-no-zip",
    Sentence("Expected a zip file, but this is none, or it is cut off."),
    Sentence("Pack the policy's folder as a zip and upload that file whole."),
)
