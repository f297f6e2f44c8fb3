"""Finds the built style sheet and scripts by their plain names."""

from collections.abc import Mapping
from functools import cache
from mimetypes import guess_type
from pathlib import Path

import msgspec
from flask import Flask, request, send_from_directory, url_for
from werkzeug.wrappers import Response

from engine.model import EngineError
from webapp.shell.visitors import public

_YEAR = 31_536_000
BUNDLE = Path(__file__).resolve().parent.parent / "static" / "dist"


def asset(name: str) -> str:
    """Return the address of *name*; without a bundle, the address that it would have."""
    return url_for("asset_file", name=_manifest().get(name, name))


@public
def asset_file(name: str) -> Response:
    """Serve a file of the bundle, compressed where the browser takes it so."""
    takes_gzip = request.accept_encodings.quality("gzip") > 0
    packed = takes_gzip and (BUNDLE / f"{name}.gz").is_file()
    response = send_from_directory(
        BUNDLE,
        f"{name}.gz" if packed else name,
        mimetype=guess_type(name)[0],
        max_age=_YEAR,
    )
    if packed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    return response


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
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR
    app.add_url_rule("/assets/<name>", "asset_file", asset_file)


@cache
def _manifest() -> Mapping[str, str]:
    path = BUNDLE / "manifest.json"
    if not path.is_file():
        return {}
    return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
