"""The person's own account: password, language, and where they are signed in."""

from collections.abc import Mapping

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.people.accounts import SetPassword
from engine.commands.people.sessions import EndSession
from engine.model import InvalidValues, PersonId, Sentence
from engine.queries.people.roles import OnePerson
from engine.queries.people.sessions import MySessions
from webapp.shell.gate import actor, ask, run
from webapp.shell.messages import say_done

pages = Blueprint("account", __name__, url_prefix="/account")


@pages.get("/")
def page() -> str:
    """Show the account."""
    return _page({})


@pages.post("/password")
def set_password() -> Response | tuple[str, int]:
    """Set a new password; all other sessions of the person end."""
    password = request.form.get("password", "")
    if password != request.form.get("again", ""):
        said = Sentence("Expected the new password twice, but the two differ.")
        return _page({"again": (said,)}), 422
    command = SetPassword(
        person_id=_person_id(),
        password=password,
        present=request.form.get("present", ""),
        session_id=g.visitor.session_id,
    )
    try:
        run(command)
    except InvalidValues as refusal:
        return _page(refusal.errors), 422
    say_done("The new password holds from now on. Other sessions were ended.")
    return redirect(url_for("account.page"), code=303)


@pages.post("/sessions/<int:session_id>/end")
def end_session(session_id: int) -> Response:
    """Sign the person out in another browser."""
    run(EndSession(session_id))
    say_done("The session was ended.")
    return redirect(url_for("account.page"), code=303)


def _page(errors: Mapping[str, tuple[Sentence, ...]]) -> str:
    return render_template(
        "account/page.html",
        person=ask(OnePerson(_person_id())),
        sessions=ask(MySessions()),
        errors=errors,
    )


def _person_id() -> PersonId:
    person_id = actor().person_id
    assert person_id is not None  # The engine itself has no session.
    return person_id
