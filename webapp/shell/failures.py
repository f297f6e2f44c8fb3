"""Pages for what cannot be done, with what was typed still in the reader's hands."""

from http import HTTPStatus

import structlog
from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from engine.model import (
    BundleInvalid,
    Conflict,
    InvalidState,
    InvalidValues,
    NotAllowed,
    NotFound,
    Rejected,
    Sentence,
    Unavailable,
)
from webapp.shell.speech import spoken
from webapp.shell.visitors import Visitor, is_ours, kept_fields, wants_fragment

_log = structlog.get_logger("web")

STATUS: dict[type[Rejected], int] = {
    NotFound: 404,
    NotAllowed: 403,
    InvalidState: 409,
    Conflict: 409,
    Unavailable: 503,
    InvalidValues: 422,
    BundleInvalid: 422,
}
_SENTENCES = {
    400: Sentence("The page could not read what your browser sent."),
    404: Sentence("There is no such page. It may have moved, or the address is cut off."),
    405: Sentence("This page does not take what was sent to it."),
    413: Sentence("What you sent is too large: at most 256 MB in one go."),
    500: Sentence("Something went wrong on our side. It was noted; nothing was changed."),
}
_TITLES = {
    400: Sentence("Not understood"),
    403: Sentence("Not allowed"),
    404: Sentence("Not found"),
    409: Sentence("No longer possible"),
    413: Sentence("Too large"),
    422: Sentence("Not accepted"),
    500: Sentence("Something went wrong"),
    503: Sentence("Not possible just now"),
}
_OUT_OF_DATE = Sentence(
    "The page had been open too long to be sent. What you typed is still here: send it"
    " again."
)


def status_of(rejection: Rejected) -> int:
    """Return the HTTP status that says the same as *rejection*."""
    return STATUS.get(type(rejection), 409)


def install(app: Flask) -> None:
    """Show each kind of failure as a page in the look of the others."""
    app.register_error_handler(Rejected, _rejected)
    app.register_error_handler(CSRFError, _out_of_date)
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(Exception, _broken)


def _rejected(rejection: Rejected) -> tuple[str, int]:
    _log.info("refused", reason=rejection.sentence.template)
    sentence = rejection.sentence
    if isinstance(rejection, InvalidValues):
        sentence = next(iter(rejection.errors.values()))[0]
    passing = isinstance(rejection, Unavailable) and request.method == "POST"
    return _page(status_of(rejection), sentence, again=passing)


def _out_of_date(error: CSRFError) -> tuple[str, int]:
    return _page(400, _OUT_OF_DATE, again=True)


def refused(error: HTTPException) -> tuple[str, int] | HTTPException:
    """Show what the web server refused as a page."""
    status = error.code or 500
    if status < HTTPStatus.BAD_REQUEST:
        return error
    readable = not isinstance(error, RequestEntityTooLarge)
    sentence = _SENTENCES.get(status, _SENTENCES[400])
    return _page(status, sentence, again=False, typed=readable)


def _broken(error: Exception) -> tuple[str, int]:
    if current_app.testing:
        raise error
    _log.exception("page_failed", method=request.method, page=request.endpoint)
    return _page(500, _SENTENCES[500], again=request.method == "POST")


def _page(
    status: int, sentence: Sentence, *, again: bool, typed: bool = True
) -> tuple[str, int]:
    if "visitor" not in g:
        g.visitor = Visitor()
    if wants_fragment():
        return spoken(sentence), status
    page = render_template(
        "errors/page.html",
        status=status,
        title=_TITLES.get(status, _TITLES[400]),
        sentence=sentence,
        again=again,
        kept=kept_fields() if typed and request.method == "POST" else [],
        target=request.path,
        back=request.referrer if is_ours() else None,
    )
    return page, status
