"""The worklist: what waits for the person, what they could take, what is late."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.tasks.lifecycle import ClaimTasks
from engine.model import TaskId
from engine.queries.handling.opinions import WantedOpinions
from engine.queries.tasks.offers import SCOPES, Scope
from engine.queries.tasks.worklist import Worklist
from webapp.shell.gate import ask, run
from webapp.shell.listing import page_number
from webapp.shell.messages import say_done, say_wrong
from webapp.shell.visitors import is_local

pages = Blueprint("worklist", __name__)


@pages.get("/")
def page() -> str:
    """Show the tasks under one of the tabs."""
    wanted = request.args.get("show")
    scope: Scope = next((scope for scope in SCOPES if scope == wanted), "mine")
    view = ask(
        Worklist(
            scope=scope,
            policy=request.args.get("policy", ""),
            text=request.args.get("q", ""),
            sort=request.args.get("sort", "due"),
            page=page_number(),
        )
    )
    return render_template(
        "worklist/page.html", view=view, scope=scope, opinions=ask(WantedOpinions())
    )


@pages.post("/claim")
def claim_several() -> Response:
    """Claim all ticked tasks at once; all of them, or none."""
    ids = tuple(TaskId(number) for number in request.form.getlist("task", type=int))
    back = request.form.get("back", "")
    target = back if is_local(back) else url_for("worklist.page", show="groups")
    if not ids:
        say_wrong("Tick the tasks that you want to claim first.")
        return redirect(target, code=303)
    run(ClaimTasks(ids))
    say_done("{count} claimed. They are among your own tasks now.", count=len(ids))
    return redirect(url_for("worklist.page"), code=303)
