"""The people of the house: letting them in, changing them, giving them roles."""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.admitting.permission import RIGHTS
from engine.commands.people.accounts import AddPerson, ChangePerson, SetPassword
from engine.commands.people.units import GrantRole, RevokeRole
from engine.model import Conflict, InvalidValues, PersonId, Sentence
from engine.queries.people.roles import OnePerson, People, Roles, Units
from engine.queries.showing.visibility import OnlyWith
from webapp.shell.gate import ask, run
from webapp.shell.listing import page_number
from webapp.shell.messages import say_done

pages = Blueprint("people", __name__, url_prefix="/people")

RIGHT_NAMES = {
    "admin": Sentence("administer people, units and settings"),
    "deploy": Sentence("deploy policies"),
    "operate": Sentence("look after incidents, jobs and messages"),
    "audit": Sentence("see every complaint"),
}
_Errors = Mapping[str, tuple[Sentence, ...]]


@pages.get("/")
def page() -> str:
    """List the people."""
    active = {"active": True, "inactive": False}.get(request.args.get("state", ""))
    found = ask(
        People(
            text=request.args.get("q", ""),
            role=request.args.get("role", ""),
            is_active=active,
            page=page_number(),
        )
    )
    return render_template(
        "people/page.html", page=found, roles=ask(Roles()), rights=RIGHT_NAMES
    )


@pages.get("/new")
def new() -> str:
    """Ask who is to be let in."""
    return _new({})


@pages.post("/new")
def add() -> Response | tuple[str, int]:
    """Let somebody in."""
    fields = request.form
    command = AddPerson(
        login=fields.get("login", "").strip().lower(),
        name=fields.get("name", "").strip(),
        password=fields.get("password") or None,
        email=fields.get("email", "").strip() or None,
        rights=_rights(),
    )
    try:
        person_id = run(command)
    except InvalidValues as refusal:
        return _new(refusal.errors), 422
    except Conflict as refusal:
        return _new({"login": (refusal.sentence,)}), 409
    say_done("{name} can sign in now. Give them their roles next.", name=command.name)
    return redirect(url_for("people.person", person_id=person_id), code=303)


@pages.get("/<int:person_id>")
def person(person_id: int) -> str:
    """Show one person."""
    return _person(person_id, {})


@pages.post("/<int:person_id>")
def change(person_id: int) -> Response | tuple[str, int]:
    """Change what is known of somebody, or make them inactive."""
    fields = request.form
    command = ChangePerson(
        person_id=PersonId(person_id),
        name=fields.get("name", "").strip(),
        email=fields.get("email", "").strip() or None,
        rights=_rights(),
        active="active" in fields,
    )
    try:
        run(command)
    except InvalidValues as refusal:
        return _person(person_id, refusal.errors), 422
    say_done("What is known of {name} was changed.", name=command.name)
    return redirect(url_for("people.person", person_id=person_id), code=303)


@pages.post("/<int:person_id>/password")
def set_password(person_id: int) -> Response | tuple[str, int]:
    """Give somebody a new password; their sessions end."""
    try:
        run(SetPassword(PersonId(person_id), request.form.get("password", "")))
    except InvalidValues as refusal:
        return _person(person_id, refusal.errors), 422
    say_done("The new password holds from now on. Tell it to them in person.")
    return redirect(url_for("people.person", person_id=person_id), code=303)


@pages.post("/<int:person_id>/roles")
def grant(person_id: int) -> Response | tuple[str, int]:
    """Let somebody hold a role."""
    fields = request.form
    try:
        run(
            GrantRole(
                PersonId(person_id), fields.get("role", ""), fields.get("unit") or None
            )
        )
    except InvalidValues as refusal:
        return _person(person_id, refusal.errors), 422
    say_done("The role was granted. What waits for it is on their worklist now.")
    return redirect(url_for("people.person", person_id=person_id), code=303)


@pages.post("/<int:person_id>/roles/revoke")
def revoke(person_id: int) -> Response:
    """Take a role from somebody."""
    run(RevokeRole(PersonId(person_id), request.form.get("role", ""), _unit()))
    say_done("The role was revoked.")
    return redirect(url_for("people.person", person_id=person_id), code=303)


def _unit() -> str | None:
    return request.form.get("unit") or None


def _rights() -> tuple[str, ...]:
    return tuple(right for right in RIGHTS if right in request.form.getlist("rights"))


def _new(errors: _Errors) -> str:
    ask(OnlyWith("admin"))
    return render_template("people/new.html", errors=errors, rights=RIGHT_NAMES)


def _person(person_id: int, errors: _Errors) -> str:
    return render_template(
        "people/person.html",
        person=ask(OnePerson(person_id)),
        roles=ask(Roles()),
        units=ask(Units()),
        rights=RIGHT_NAMES,
        errors=errors,
    )
