"""Finds out who asks, and sends strangers to the sign-in page with what they typed."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import (
    Flask,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from structlog.contextvars import bind_contextvars
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from engine.commands.people.sessions import SeeSession, SessionToken
from engine.model import SYSTEM, Actor, Unavailable
from engine.queries.people.sessions import SignedIn
from webapp.shell.gate import engine
from webapp.shell.moments import present

P = ParamSpec("P")
R = TypeVar("R")

SEEN_STEP = timedelta(minutes=5)  #: So often a session is noted as alive.
KEPT = "kept:"  #: Before the names of fields that travel through the sign-in page.
_NEVER_KEPT = ("csrf_token", "password")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at the page, as the session's token says."""

    actor: Actor | None = None
    language: str | None = None
    session_id: int | None = None
    token: str | None = None


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark *view* as one that needs no signing in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def by_token(view: Callable[P, R]) -> Callable[P, R]:
    """Mark *view* as one that finds out by itself who asks; no cookie is looked at."""
    view.is_by_token = True  # type: ignore[attr-defined]
    return view


def cookie_name() -> str:
    """Return the name of the cookie with the token; browsers guard the `__Host-` one."""
    return "__Host-login" if request.is_secure else "login"


def remember(response: Response, session: SessionToken) -> None:
    """Give the browser the token of a new session."""
    response.set_cookie(
        cookie_name(),
        session.token,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
        path="/",
    )


def forget(response: Response) -> None:
    """Take the token from the browser."""
    response.delete_cookie(
        cookie_name(), httponly=True, samesite="Lax", secure=request.is_secure, path="/"
    )


def kept_fields() -> list[tuple[str, str]]:
    """Return what was typed on the page that could not be handled.

    Nothing is kept from a form that another site sent.
    """
    if not is_ours():
        return []
    return [
        (name, value)
        for name, value in MultiDict(request.form).items(multi=True)
        if not any(word in name for word in _NEVER_KEPT)
        and not name.startswith(KEPT)
        and value
    ]


def is_local(address: str) -> bool:
    """Tell whether *address* is a path of this site, and of no other."""
    parts = urlsplit(address)
    return (
        address.isprintable()  # A line end would begin another header.
        and address.startswith("/")
        and not address.startswith(("//", "/\\"))
        and not parts.netloc
        and not parts.scheme
    )


def install(app: Flask) -> None:
    """Ask every request who it is from; only public views answer strangers."""
    app.before_request(_identify)


def _identify() -> Response | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "is_by_token", False):
        g.visitor = Visitor()
        return None
    token = request.cookies.get(cookie_name())
    g.visitor = (token and visitor_of(token)) or Visitor()
    if g.visitor.actor is not None:
        bind_contextvars(actor=g.visitor.actor.person_id)
    if g.visitor.actor is not None or _is_open():
        return None
    if wants_fragment():
        response = make_response("", 401)
        response.headers["HX-Redirect"] = url_for("sign_in.form", next=request.path)
        return response
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("sign_in.form", next=request.full_path.rstrip("?")))
    page = render_template(
        "sign_in/form.html", target=request.path, kept=kept_fields(), interrupted=True
    )
    return make_response(page, 401)


def wants_fragment() -> bool:
    """Tell whether a script asks, which cannot show a page."""
    return "HX-Request" in request.headers or request.headers.get("X-Script") == "1"


def visitor_of(token: str) -> Visitor | None:
    """Return whom *token* belongs to, if anybody, and let the session live on."""
    found = engine().ask(SignedIn(token), by=SYSTEM)
    if found is None:
        return None
    if present() - found.seen_at >= SEEN_STEP:
        with suppress(Unavailable):  # Whoever only looks needs no room on the disk.
            engine().run(SeeSession(found.session_id), by=found.actor)
    return Visitor(found.actor, found.language, found.session_id, token)


def _is_open() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return request.endpoint in (None, "static") or getattr(view, "is_public", False)


def is_ours() -> bool:
    """Tell whether a page of this site sent what came."""
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is None or urlsplit(origin).netloc == request.host
