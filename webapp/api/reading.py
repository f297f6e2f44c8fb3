"""Reads what was sent, by the types that an operation declares."""

import re
from decimal import Decimal
from typing import Any

import msgspec
from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from engine.model import InvalidValues, Rejected, Sentence
from webapp.api.declaring import JSON, LARGEST_JSON, Binary, Operation

_PLACE = re.compile(r"^(?P<fault>.*?)(?: - at `(?P<path>.*)`)?$", re.DOTALL)


class Unreadable(Rejected):
    """What was sent is not what its kind promises."""


class WrongKind(Rejected):
    """What was sent is of a kind that is not taken."""


def given_to(operation: Operation) -> dict[str, Any]:
    """Return what was sent, by the names of the parameters of its function.

    Raises:
        Unreadable: If it is no JSON.
        WrongKind: If it is something else than JSON.
        InvalidValues: If it is not what the operation takes.
    """
    given: dict[str, Any] = {}
    if operation.query is not None:
        given["query"] = _query(operation.query)
    if operation.body is not None:
        given["body"] = _body(operation.body)
    if operation.takes is not None:
        given["content"] = _content(operation.takes)
    return given


def _query(kind: type) -> Any:
    args: dict[str, str] = request.args.to_dict()
    try:
        return msgspec.convert(args, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _misfit(error) from error


def _body(kind: type) -> Any:
    if request.mimetype != JSON:
        raise WrongKind(
            "Expected {expected}, but got {kind}.",
            expected=JSON,
            kind=request.mimetype[:100] or "-",
        )
    text = _content(Binary(JSON, LARGEST_JSON))
    decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(kind, float_hook=Decimal)
    try:
        return decoder.decode(text)
    except msgspec.ValidationError as error:
        raise _misfit(error) from error
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Unreadable("Expected JSON, but this cannot be read as such.") from error


def _content(taken: Binary) -> bytes:
    """Return the body, no more of it than is looked at."""
    content = request.stream.read(taken.largest + 1)
    if len(content) > taken.largest:
        raise RequestEntityTooLarge
    return content


def _misfit(error: msgspec.ValidationError) -> InvalidValues:
    found = _PLACE.match(str(error))
    fault, path = (found["fault"], found["path"]) if found else (str(error), None)
    name = (path or "$").removeprefix("$").lstrip(".") or "-"
    said = Sentence(
        "It does not fit the document of the interface: {fault}", {"fault": fault}
    )
    return InvalidValues({name: (said,)})
