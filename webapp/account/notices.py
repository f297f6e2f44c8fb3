"""Letters and reminders to the person."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.telling.notices import ReadNotices
from engine.queries.people.notices import Notices
from webapp.shell.gate import ask, run
from webapp.shell.listing import page_number

pages = Blueprint("notices", __name__, url_prefix="/notices")


@pages.get("/")
def page() -> str:
    """Show what was written to the person."""
    return render_template("notices/page.html", page=ask(Notices(page=page_number())))


@pages.post("/read")
def read_all() -> Response:
    """Note that the person has read the notices that the page showed."""
    run(ReadNotices(tuple(request.form.getlist("notice", type=int))))
    return redirect(url_for("notices.page"), code=303)
