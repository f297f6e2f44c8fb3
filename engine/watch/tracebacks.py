"""Writes exceptions without what people entered, which their messages may quote."""

import sys
import traceback
from collections.abc import Iterator

from structlog.typing import EventDict

from engine.model import EngineError

#: Their messages speak of the code and not of values.
_ABOUT_CODE = (
    AssertionError,
    AttributeError,
    ImportError,
    NameError,
    RecursionError,
    TypeError,
    ZeroDivisionError,
)


def add_traceback(_logger: object, _method: str, line: EventDict) -> EventDict:
    """Put the traceback of the exception in hand into *line*."""
    given = line.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        line["exception"] = "\n".join(_links(error))
    return line


def _links(error: BaseException) -> Iterator[str]:
    """Yield the exceptions of a chain, what came first first."""
    earlier = error.__cause__
    if earlier is None and not error.__suppress_context__:
        earlier = error.__context__
    if earlier is not None:
        yield from _links(earlier)
        yield "which led to"
    frames = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    yield f"{frames}\n{type(error).__name__}: {said(error)}".lstrip("\n")


def said(error: BaseException) -> str:
    """Return as much of an exception's message as holds no values."""
    if isinstance(error, EngineError):
        return error.sentence.template
    if isinstance(error, _ABOUT_CODE):
        return str(error)
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    statement = getattr(error, "statement", None)  # Of the database, values left out.
    if isinstance(statement, str):
        cause = getattr(error, "orig", None)
        return f"{type(cause).__name__} {getattr(cause, 'sqlstate', '')} at {statement}"
    return "(what it says is not logged)"
