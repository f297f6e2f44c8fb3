"""Gives each request an id, which stands in the log, in the answer and on error pages."""

import re
from secrets import token_hex
from time import perf_counter

import structlog
from flask import Flask, g, request
from structlog.contextvars import bind_contextvars, clear_contextvars
from werkzeug.wrappers import Response

HEADER = "X-Request-ID"
_log = structlog.get_logger("web")

#: What a proxy in front may have called it; anything else is not repeated.
_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")
_BYTES = 6  #: Short enough to be read out on the telephone.
#: Asked again and again, and never by a person.
_QUIET = frozenset({"static", "health.alive", "health.ready", "health.metrics"})


def request_id() -> str:
    """Return the id of the request in hand."""
    return str(g.get("request_id", ""))


def install(app: Flask) -> None:
    """Trace every request of *app*; before anything else has something to log."""
    app.before_request(_begin)
    app.after_request(_end)
    app.context_processor(lambda: {"request_id": request_id()})


def _begin() -> None:
    given = request.headers.get(HEADER, "")
    g.request_id = given if _SANE.fullmatch(given) else token_hex(_BYTES)
    g.began = perf_counter()
    clear_contextvars()
    bind_contextvars(request=g.request_id)


def _end(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    if structlog.is_configured() and request.endpoint not in _QUIET:
        _log.info(
            "request",
            method=request.method,
            page=request.endpoint,  # Addresses may hold what people searched for.
            status=response.status_code,
            ms=round((perf_counter() - g.began) * 1000, 1),
        )
    return response
