"""Tokens of other systems: one's own under the account, all of them for administrators."""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.people.tokens import SCOPES, EndToken, MadeToken, MakeToken, Scope
from engine.model import InvalidValues, NotFound, PersonId, Sentence
from engine.queries.people.roles import People
from engine.queries.people.tokens import AllTokens, MyTokens
from engine.queries.showing.visibility import OnlyWith
from webapp.shell.gate import ask, run
from webapp.shell.listing import page_number
from webapp.shell.messages import say_done

pages = Blueprint("tokens", __name__)

SCOPE_NAMES: Mapping[Scope, Sentence] = {
    "intake": Sentence("register complaints"),
    "messages": Sentence("send messages"),
    "tasks": Sentence("work on tasks"),
    "reports": Sentence("read reports and ledgers"),
    "months": Sentence("close months of ledgers"),
    "cases": Sentence("read cases, attach files, remark"),
    "policies": Sentence("read and deploy policies"),
}
_Errors = Mapping[str, tuple[Sentence, ...]]


@pages.get("/account/tokens")
def mine() -> str:
    """List the person's own tokens."""
    return _mine({})


@pages.post("/account/tokens")
def make_mine() -> str | tuple[str, int]:
    """Make one, and show it this once."""
    try:
        made = run(MakeToken(request.form.get("name", ""), _scopes()))
    except InvalidValues as refusal:
        return _mine(refusal.errors), 422
    return _mine({}, made)


@pages.post("/account/tokens/<int:token_id>/end")
def end_mine(token_id: int) -> Response:
    """End one of them."""
    run(EndToken(token_id))
    say_done("The token was ended. The system that uses it can do nothing any more.")
    return redirect(url_for("tokens.mine"), code=303)


@pages.get("/people/tokens")
def everybodys() -> str:
    """List all tokens of the house."""
    return _everybodys({})


@pages.post("/people/tokens")
def make_for() -> str | tuple[str, int]:
    """Make one for somebody, and show it this once."""
    ask(OnlyWith("admin"))
    try:
        person_id = _person_id(request.form.get("login", ""))
        made = run(MakeToken(request.form.get("name", ""), _scopes(), person_id))
    except InvalidValues as refusal:
        return _everybodys(refusal.errors), 422
    except NotFound as refusal:
        return _everybodys({"login": (refusal.sentence,)}), 422
    return _everybodys({}, made)


@pages.post("/people/tokens/<int:token_id>/end")
def end(token_id: int) -> Response:
    """End anybody's."""
    ask(OnlyWith("admin"))
    run(EndToken(token_id))
    say_done("The token was ended. The system that uses it can do nothing any more.")
    return redirect(url_for("tokens.everybodys"), code=303)


def _person_id(login: str) -> PersonId:
    wanted = login.strip().lower()
    for person in ask(People(text=wanted, is_active=True, size=200)).rows if wanted else ():
        if person.login == wanted:
            return PersonId(person.id)
    raise NotFound(
        "Expected a person with the login {login}, but there is none.", login=wanted[:100]
    )


def _scopes() -> tuple[str, ...]:
    chosen = request.form.getlist("scopes")
    return tuple(scope for scope in SCOPES if scope in chosen)


def _mine(errors: _Errors, made: MadeToken | None = None) -> str:
    return render_template(
        "tokens/mine.html",
        tokens=ask(MyTokens()),
        scopes=SCOPE_NAMES,
        errors=errors,
        made=made,
    )


def _everybodys(errors: _Errors, made: MadeToken | None = None) -> str:
    return render_template(
        "tokens/all.html",
        page=ask(AllTokens(page_number())),
        scopes=SCOPE_NAMES,
        errors=errors,
        made=made,
    )
