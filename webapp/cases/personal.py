"""Personal data of a case: shown for a while to who says why, and erased for good."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.cases.erasing import ErasePersonalData
from engine.commands.cases.revealing import RevealPersonalData
from engine.model import CaseId, InvalidState, InvalidValues
from engine.queries.cases.erasure import Erasure
from webapp.cases.screens import case_page
from webapp.shell.gate import ask, run
from webapp.shell.messages import say_done, say_wrong
from webapp.shell.visitors import is_local

pages = Blueprint("personal", __name__, url_prefix="/cases/<int:case_id>")


@pages.post("/reveal")
def reveal(case_id: int) -> Response | tuple[str, int]:
    """Show what is masked for a while."""
    try:
        run(RevealPersonalData(CaseId(case_id), request.form.get("why", "")))
    except InvalidValues as refusal:
        return case_page(case_id, {"why": refusal.errors["reason"]}), 422
    say_done("You see the personal data of this case for a while. The history says so.")
    back = request.form.get("back", "")
    if not is_local(back):
        back = url_for("cases.case", case_id=case_id)
    return redirect(back, code=303)


@pages.get("/erase")
def confirm(case_id: int) -> Response | str:
    """Say what would be erased, and ask for the reason."""
    try:
        view = ask(Erasure(case_id))
    except InvalidState as refusal:
        say_wrong("{reason}", reason=refusal.sentence)
        return redirect(url_for("cases.case", case_id=case_id))
    return render_template("cases/erase.html", view=view, errors={})


@pages.post("/erase")
def erase(case_id: int) -> Response | tuple[str, int]:
    """Erase it; it cannot be taken back."""
    try:
        run(ErasePersonalData(CaseId(case_id), request.form.get("reason", ""), _related()))
    except InvalidValues as refusal:
        view = ask(Erasure(case_id))
        page = render_template("cases/erase.html", view=view, errors=refusal.errors)
        return page, 422
    say_done("The personal data of this case was erased.")
    return redirect(url_for("cases.case", case_id=case_id), code=303)


def _related() -> tuple[CaseId, ...]:
    """Return the other cases that were ticked."""
    return tuple(map(CaseId, request.form.getlist("related", type=int)))
