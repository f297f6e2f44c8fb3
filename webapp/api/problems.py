"""Says what cannot be done as problem details (RFC 9457), in the language asked for."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

import msgspec
import structlog
from flask import Flask, current_app, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.wrappers import Response

from engine.commands.admitting.limits import TooOften
from engine.model import BundleInvalid, InvalidValues, Rejected, Sentence
from webapp.api.declaring import about
from webapp.api.reading import Unreadable, WrongKind
from webapp.forms.uploads import BadFile
from webapp.shell import failures
from webapp.shell.speech import spoken
from webapp.shell.tracing import request_id

PROBLEM = "application/problem+json"
ROOT = "/api/v1"
_log = structlog.get_logger("api")

_STATUS: Mapping[type[Rejected], int] = {
    **failures.STATUS,
    TooOften: 429,
    BadFile: 422,
    Unreadable: 400,
    WrongKind: 415,
}
#: The kinds of problems: the end of their type's address, and their title.
KINDS: Mapping[int, tuple[str, Sentence]] = {
    400: ("unreadable", Sentence("Not understood")),
    401: ("no-token", Sentence("No valid token")),
    403: ("not-allowed", Sentence("Not allowed")),
    404: ("not-found", Sentence("Not found")),
    405: ("wrong-method", Sentence("Wrong method")),
    409: ("wrong-state", Sentence("No longer possible")),
    413: ("too-large", Sentence("Too large")),
    415: ("wrong-kind", Sentence("Wrong kind of content")),
    422: ("invalid-values", Sentence("Not accepted")),
    429: ("too-often", Sentence("Too many requests")),
    500: ("broken", Sentence("Something went wrong")),
    503: ("not-now", Sentence("Not possible just now")),
}
_SENTENCES: Mapping[int, Sentence] = {
    404: Sentence("There is no such address in this interface."),
    405: Sentence("This address does not take {method}."),
    413: Sentence("What was sent is larger than this operation takes."),
    500: Sentence("Something went wrong on our side. It was noted; nothing was changed."),
}


class FieldFault(msgspec.Struct, frozen=True):
    """What is wrong with one field."""

    field: Annotated[str, about("Its name, such as witnesses.0.name")]
    detail: list[str]


class Finding(msgspec.Struct, frozen=True):
    """What the check found in a bundle."""

    file: str
    element: str | None
    rule: str
    severity: str
    what: str
    remedy: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why something was not done."""

    type: Annotated[str, about("The kind of problem; an address that explains it")]
    title: str
    status: int
    detail: Annotated[str, about("A sentence for people, in the language asked for")]
    request_id: Annotated[str, about("Names this request in the log")] = ""
    fields: list[FieldFault] = []
    findings: list[Finding] = []


def problem(
    status: int,
    sentence: Sentence,
    *,
    fields: list[FieldFault] | None = None,
    findings: list[Finding] | None = None,
) -> Response:
    """Return the answer that says it."""
    name, title = KINDS.get(status, KINDS[400])
    told = Problem(
        type=f"/api/#{name}",
        title=spoken(title),
        status=status,
        detail=spoken(sentence),
        request_id=request_id(),
        fields=fields or [],
        findings=findings or [],
    )
    return Response(msgspec.json.encode(told), status, content_type=PROBLEM)


def rejected(rejection: Rejected) -> Response:
    """Say why a command or a question was refused."""
    _log.info("refused", reason=rejection.sentence.template)
    kinds = (kind for kind in type(rejection).__mro__ if kind in _STATUS)
    status = next((_STATUS[kind] for kind in kinds), 409)
    fields, findings = [], []
    if isinstance(rejection, InvalidValues):
        fields = [
            FieldFault(name, [spoken(sentence) for sentence in sentences])
            for name, sentences in rejection.errors.items()
        ]
    if isinstance(rejection, BundleInvalid):
        findings = [
            Finding(
                found.file,
                found.element,
                found.rule,
                found.severity,
                spoken(found.what),
                spoken(found.remedy),
            )
            for found in rejection.findings
        ]
    return problem(status, rejection.sentence, fields=fields, findings=findings)


def refused(error: HTTPException) -> Response:
    """Say what the web server refused."""
    status = error.code or 500
    sentence = _SENTENCES.get(status)
    if sentence is None:
        sentence = Sentence("The interface could not read what was sent.")
        status = 400 if status < HTTPStatus.INTERNAL_SERVER_ERROR else 500
    told = Sentence(sentence.template, {"method": request.method})
    answer = problem(status, told)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def broken(error: Exception) -> Response:
    """Say that it is not the caller's fault."""
    if current_app.testing:
        raise error
    _log.exception("operation_failed", method=request.method, page=request.endpoint)
    return problem(500, _SENTENCES[500])


def install(app: Flask) -> None:
    """Say so too where no operation was found; pages keep their own words."""
    for kind in (NotFound, MethodNotAllowed):
        app.register_error_handler(kind, _unrouted)


def _unrouted(error: HTTPException) -> Response | tuple[str, int] | HTTPException:
    if request.path.startswith(f"{ROOT}/"):
        return refused(error)
    return failures.refused(error)
