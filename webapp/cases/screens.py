"""Cases: the list with its search, and everything about one of them."""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.cases.lifecycle import AddComment, CancelCase
from engine.model import CaseId, InvalidValues, Sentence
from engine.queries.cases.deliveries import DeliveriesOfCase
from engine.queries.cases.file import CaseFile
from engine.queries.customers.links import LinkOfCase
from engine.queries.deadlines.extensions import TimesOfCase
from engine.queries.progress.awaited import AwaitedMessages
from engine.queries.search.cases import Cases
from engine.store.telling import ROBOT_NAMES
from webapp.shell.gate import ask, run
from webapp.shell.listing import page_number
from webapp.shell.messages import say_done
from webapp.shell.speech import current_language
from webapp.shell.visitors import is_local

pages = Blueprint("cases", __name__, url_prefix="/cases")


@pages.get("/")
def page() -> str:
    """List cases."""
    view = ask(
        Cases(
            text=request.args.get("q", ""),
            state=request.args.get("state", ""),
            policy=request.args.get("policy", ""),
            unit=request.args.get("unit", ""),
            is_mine="mine" in request.args,
            sort=request.args.get("sort", "-started"),
            page=page_number(),
        )
    )
    return render_template("cases/page.html", view=view)


@pages.get("/<int:case_id>")
def case(case_id: int) -> str:
    """Show one case."""
    return case_page(case_id, {})


@pages.get("/<int:case_id>/print")
def print_view(case_id: int) -> str:
    """Show one case as it goes to paper: everything unfolded, times exact."""
    view = ask(CaseFile(case_id, current_language()))
    return render_template("cases/print.html", view=view)


@pages.post("/<int:case_id>/comments")
def comment(case_id: int) -> Response | tuple[str, int]:
    """Remark something on a case."""
    task_id = request.form.get("task", type=int)
    try:
        run(AddComment(CaseId(case_id), request.form.get("text", ""), task_id))
    except InvalidValues as refusal:
        return case_page(case_id, refusal.errors), 422
    say_done("Your remark stands in the case; all who see the case see it.")
    back = request.form.get("back", "")
    if not is_local(back):
        back = url_for("cases.case", case_id=case_id, _anchor="comments")
    return redirect(back, code=303)


@pages.post("/<int:case_id>/cancel")
def cancel(case_id: int) -> Response | tuple[str, int]:
    """End a case before its process does."""
    try:
        run(CancelCase(CaseId(case_id), request.form.get("reason", "")))
    except InvalidValues as refusal:
        return case_page(case_id, refusal.errors), 422
    say_done("The case was cancelled. Nothing waits for it any more.")
    return redirect(url_for("cases.case", case_id=case_id), code=303)


def case_page(case_id: int, errors: Mapping[str, tuple[Sentence, ...]]) -> str:
    """Return the page of a case, with what was wrong with what was entered on it."""
    view = ask(CaseFile(case_id, current_language()))
    awaited = ask(AwaitedMessages(case_id))
    link = ask(LinkOfCase(case_id))
    times = ask(TimesOfCase(case_id))
    sent = ask(DeliveriesOfCase(case_id))
    return render_template(
        "cases/case.html",
        view=view,
        awaited=awaited,
        link=link,
        times=times,
        sent=sent,
        robots=ROBOT_NAMES,
        errors=errors,
    )
