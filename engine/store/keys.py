"""The key behind what the installation hands out to strangers."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from engine.store.reading import Reading

#: The file with the key, beside the folder of documents.
KEY_FILE = "outward-key"


def keyed(reading: Reading, purpose: str, *parts: object) -> bytes:
    """Return what only this installation can make of *parts*, for one *purpose* alone.

    The key comes from the installation's secret, else from a file beside the documents;
    the database does not know it.
    """
    secret = reading.holdings.secret or _kept(reading.holdings.files.beside(KEY_FILE))
    said = "\0".join([purpose, *map(str, parts)])
    return hmac.new(secret.encode(), said.encode(), hashlib.sha256).digest()


def _kept(path: Path) -> str:
    """Return the key in the file at *path*, which is made where there is none yet."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        draft.write_text(secrets.token_hex(32), "ascii")
        draft.chmod(0o600)
        try:
            os.link(draft, path)  # Whole, or not at all; whoever was first wins.
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text("ascii")
