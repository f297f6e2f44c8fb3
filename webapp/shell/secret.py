"""The key that signs cookies: given, or made once and kept beside the documents."""

import os
import secrets
from pathlib import Path

from engine.settings import Settings


def cookie_secret(settings: Settings) -> str:
    """Return the key; several machines need the same one from the settings."""
    if settings.secret:
        return settings.secret
    return _kept(settings.files.parent / "cookie-key")


def _kept(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    return path.read_text("ascii")
