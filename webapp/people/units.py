"""The units of the house: departments, regions, branches, stores, subcontractors."""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.people.units import AddUnit, ChangeUnit
from engine.model import Conflict, InvalidValues, Sentence
from engine.queries.people.roles import Units
from engine.queries.showing.visibility import OnlyWith
from webapp.shell.gate import ask, run
from webapp.shell.messages import say_done

pages = Blueprint("units", __name__, url_prefix="/units")
_Errors = Mapping[str, tuple[Sentence, ...]]


@pages.get("/")
def page() -> str:
    """List the units."""
    return _page({})


@pages.post("/")
def add() -> Response | tuple[str, int]:
    """Add a unit."""
    fields = request.form
    command = AddUnit(
        key=fields.get("key", "").strip(),
        name=fields.get("name", "").strip(),
        kind=fields.get("kind", "").strip(),
        parent=fields.get("parent") or None,
    )
    try:
        run(command)
    except InvalidValues as refusal:
        return _page(refusal.errors), 422
    except Conflict as refusal:
        return _page({"key": (refusal.sentence,)}), 409
    say_done("{name} was added.", name=command.name)
    return redirect(url_for("units.page"), code=303)


@pages.post("/<key>")
def change(key: str) -> Response | tuple[str, int]:
    """Change the name or the parent of a unit, or close it."""
    fields = request.form
    command = ChangeUnit(
        key=key,
        name=fields.get("name", "").strip(),
        parent=fields.get("parent") or None,
        active="active" in fields,
    )
    try:
        run(command)
    except InvalidValues as refusal:
        return _page(refusal.errors, changed=key), 422
    say_done("{name} was changed.", name=command.name)
    return redirect(url_for("units.page"), code=303)


def _page(errors: _Errors, *, changed: str | None = None) -> str:
    ask(OnlyWith("admin"))
    return render_template(
        "people/units.html", units=ask(Units()), errors=errors, changed=changed
    )
