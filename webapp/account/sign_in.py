"""Signing in and out, and choosing a language before one has signed in."""

from flask import (
    Blueprint,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response

from engine.commands.people.accounts import SetLanguage
from engine.commands.people.sessions import LogIn, LogOut
from engine.language import LANGUAGES
from engine.model import SYSTEM, Rejected
from webapp.shell import visitors
from webapp.shell.failures import status_of
from webapp.shell.gate import engine, run
from webapp.shell.speech import COOKIE
from webapp.shell.visitors import KEPT, forget, is_local, public, remember

pages = Blueprint("sign_in", __name__)
_YEAR = 31_536_000


@pages.get("/sign-in")
@public
def form() -> str:
    """Ask for login and password."""
    return render_template("sign_in/form.html", target=_target(), kept=[])


@pages.post("/sign-in")
@public
def sign_in() -> Response:
    """Begin a session, and go on where the person wanted to go."""
    try:
        opened = engine().run(
            LogIn(
                login=request.form.get("login", "").strip(),
                password=request.form.get("password", ""),
                address=request.remote_addr or "",
                agent=request.user_agent.string[:300],
            ),
            by=SYSTEM,
        )
    except Rejected as refusal:
        page = render_template(
            "sign_in/form.html", target=_target(), kept=_kept(), refusal=refusal.sentence
        )
        return make_response(page, status_of(refusal))
    kept = _kept()
    if kept:
        g.visitor = visitors.visitor_of(opened.token) or visitors.Visitor()
        page = render_template("sign_in/go_on.html", target=_target(), kept=kept)
        response: Response = make_response(page)
    else:
        response = redirect(_target(), code=303)
    remember(response, opened)
    return response


@pages.post("/sign-out")
@public
def sign_out() -> Response:
    """End this session on the server and in the browser."""
    if g.visitor.token is not None:
        run(LogOut(g.visitor.token))
    session.clear()  # What was left to say is for nobody else.
    response = redirect(url_for("sign_in.form"), code=303)
    forget(response)
    return response


@pages.post("/language")
@public
def set_language() -> Response:
    """Show pages in another language from now on."""
    chosen = request.form.get("language", "")
    response = redirect(_target(), code=303)
    if chosen not in LANGUAGES:
        return response
    if g.visitor.actor is not None:
        run(SetLanguage(chosen))
    response.set_cookie(COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="Lax")
    return response


def _target() -> str:
    target = request.values.get("next", "")
    return target if is_local(target) else url_for("worklist.page")


def _kept() -> list[tuple[str, str]]:
    return [
        (name.removeprefix(KEPT), value)
        for name, value in request.form.items(multi=True)
        if name.startswith(KEPT)
    ]
