"""Finds the built style sheet and scripts by their plain names."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
from flask import Flask, url_for

from engine.model import EngineError

BUNDLE = Path(__file__).resolve().parent.parent / "static" / "dist"


def asset(name: str) -> str:
    """Return the address of *name*; without a bundle, the address that it would have."""
    return url_for("static", filename=f"dist/{_manifest().get(name, name)}")


def require_bundle() -> None:
    """Refuse to serve pages whose style sheet was never built.

    Raises:
        EngineError: If there is no bundle.
    """
    if not _manifest():
        raise EngineError(
            "Expected the built front end in {folder}, but there is none; "
            "run `pip install .` again.",
            folder=BUNDLE,
        )


def install(app: Flask) -> None:
    """Give the templates `asset`; what has a hash in its name may be kept for a year."""
    app.jinja_env.globals["asset"] = asset
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31_536_000


@cache
def _manifest() -> Mapping[str, str]:
    path = BUNDLE / "manifest.json"
    if not path.is_file():
        return {}
    return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
