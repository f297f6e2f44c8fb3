"""Copies the embedded database, its files and its outward key into one archive, and back.

The key makes the links that customers follow; a secret that is set by the environment
instead is kept by whoever set it. A copy is taken while the system runs: SQLite writes a
consistent snapshot beside the writers. PostgreSQL has tools of its own for this; such a
database is refused.
"""

import hashlib
import json
import shutil
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from engine.model import InvalidState
from engine.settings import Settings
from engine.store.files import FileStore
from engine.store.keys import KEY_FILE

_DATABASE = "complaintflow.db"
_MANIFEST = "manifest.json"
_FILES = "files/"


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What an archive holds."""

    made_at: str  #: ISO, with a time zone.
    database_bytes: int
    files: int


def back_up(settings: Settings, archive: Path, now: datetime) -> BackupReport:
    """Write the database and all files into *archive*, a zip; the system may be running.

    Raises:
        InvalidState: If the database is another one, or *archive* is there already.
    """
    source = database_file(settings)
    if archive.exists():
        raise InvalidState(
            "Expected to write a new archive, but {archive} is there already.",
            archive=str(archive),
        )
    archive.parent.mkdir(parents=True, exist_ok=True)
    unfinished = archive.with_name(archive.name + ".part")
    with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
        snapshot = Path(folder) / _DATABASE
        with closing(sqlite3.connect(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(snapshot),))
        report = _write(unfinished, snapshot, settings, now)
    unfinished.replace(archive)
    return report


def restore(settings: Settings, archive: Path) -> BackupReport:
    """Bring database and files back from *archive* into an empty place.

    Raises:
        InvalidState: If there is a database or a key already, or the archive is damaged.
    """
    target, key = database_file(settings, must_exist=False), _key_of(settings)
    for place in (target, key):
        if place.exists():
            raise InvalidState(
                "Expected an empty place to restore to, but {place} is there; move it away"
                " first.",
                place=str(place),
            )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        report = _unpack(archive, Path(folder))
        unpacked = Path(folder) / _FILES
        if unpacked.is_dir():
            shutil.copytree(unpacked, settings.files, dirs_exist_ok=True)
        if (Path(folder) / KEY_FILE).is_file():
            key.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(folder) / KEY_FILE, key)
            key.chmod(0o600)
        (Path(folder) / _DATABASE).replace(target)
    return report


def database_file(settings: Settings, *, must_exist: bool = True) -> Path:
    """Return where the embedded database lies.

    Raises:
        InvalidState: If the database is another one, or is not there.
    """
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise InvalidState(
            "Expected the embedded database, but this one is {kind}; use its own tools,"
            " such as pg_dump, and copy the files beside it.",
            kind=url.get_backend_name(),
        )
    path = Path(url.database)
    if must_exist and not path.is_file():
        raise InvalidState("Expected a database at {place}, but there is none.", place=path)
    return path


def _key_of(settings: Settings) -> Path:
    return FileStore(settings.files).beside(KEY_FILE)


def _write(
    archive: Path, snapshot: Path, settings: Settings, now: datetime
) -> BackupReport:
    files, key = settings.files, _key_of(settings)
    contents = sorted(path for path in files.rglob("*") if path.is_file())
    report = BackupReport(now.isoformat(), snapshot.stat().st_size, len(contents))
    manifest = {
        "made_at": report.made_at,
        "database_bytes": report.database_bytes,
        "database_digest": _digest(snapshot),
        "files": report.files,
    }
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bag:
        bag.writestr(_MANIFEST, json.dumps(manifest, indent=1))
        bag.write(snapshot, _DATABASE)
        if key.is_file():
            bag.write(key, KEY_FILE)
        for path in contents:
            bag.write(path, _FILES + path.relative_to(files).as_posix())
    return report


def _unpack(archive: Path, folder: Path) -> BackupReport:
    """Unpack *archive* and hold every content to its digest."""
    try:
        with zipfile.ZipFile(archive) as bag:
            bag.extractall(folder)
        manifest = json.loads((folder / _MANIFEST).read_text("utf-8"))
        sound = _digest(folder / _DATABASE) == manifest["database_digest"]
        report = BackupReport(
            manifest["made_at"], manifest["database_bytes"], manifest["files"]
        )
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise _damaged(archive, str(error)) from error
    if not sound:
        raise _damaged(archive, _DATABASE)
    contents = [path for path in (folder / _FILES).rglob("*") if path.is_file()]
    for path in contents:
        if _digest(path) != path.name:
            raise _damaged(archive, path.name)
    if len(contents) != report.files:
        raise _damaged(archive, f"{len(contents)} / {report.files}")
    return report


def _damaged(archive: Path, reason: str) -> InvalidState:
    return InvalidState(
        "Expected a sound archive, but {archive} is damaged: {reason}.",
        archive=str(archive),
        reason=reason,
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
