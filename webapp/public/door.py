"""What all pages for strangers share: language, headers, and how they are refused."""

from dataclasses import replace

from flask import Blueprint, g, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.language import LANGUAGES
from engine.model import PUBLIC, Sentence
from engine.runtime import Query
from webapp.forms.fields import Document
from webapp.public.sealing import seal
from webapp.shell.gate import T, engine
from webapp.shell.security import csrf
from webapp.shell.speech import COOKIE

pages = Blueprint("public", __name__)
csrf.exempt(pages)  # Nothing here is done by a cookie: forms carry a seal of their own.

LARGEST_REQUEST = 64_000_000  #: Bytes.
_YEAR = 31_536_000


def ask_openly(query: Query[T]) -> T:
    """Answer *query* for a stranger."""
    return engine().ask(query, by=PUBLIC)


def refusal_page(status: int, title: Sentence, sentence: Sentence) -> Response:
    """Return a page that says why something is not there."""
    page = render_template("public/refused.html", title=title, sentence=sentence)
    return make_response(page, status)


def site() -> str:
    """Return the address at which customers reach this site."""
    return engine().settings.url or request.host_url.rstrip("/")


@pages.before_request
def _enter() -> None:
    request.max_content_length = LARGEST_REQUEST
    g.document_address = _document_address
    chosen = request.args.get("lang", "")
    if chosen in LANGUAGES:
        g.visitor = replace(g.visitor, language=chosen)


@pages.after_request
def _leave(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    chosen = request.args.get("lang", "")
    if chosen in LANGUAGES:
        response.set_cookie(COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="Lax")
    return response


def _document_address(document: Document, *, small: bool = False) -> str:
    """Return the address of a file for the stranger who sent it, and for nobody else."""
    sealed = seal("file", [document["document"], document["digest"]])
    return url_for("public.file", sealed=sealed)
