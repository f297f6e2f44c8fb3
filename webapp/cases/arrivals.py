"""Recording what came from outside and a case waits for: goods, an answer, an outcome."""

from uuid import uuid4

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.commands.outside.messages import CorrelateMessage
from engine.queries.progress.awaited import OneAwaited
from webapp.shell.gate import COMMAND_ID, ask, run
from webapp.shell.messages import say_done

pages = Blueprint("arrivals", __name__, url_prefix="/cases")


@pages.post("/<int:case_id>/arrivals/<int:subscription_id>")
def record(case_id: int, subscription_id: int) -> Response:
    """Tell the case that what it waits for has come."""
    awaited = ask(OneAwaited(case_id, subscription_id))
    sent = request.form.get(COMMAND_ID) or uuid4().hex
    run(CorrelateMessage(awaited.message, awaited.key, message_id=f"page:{sent}"))
    say_done("“{event}” was recorded. The case goes on.", event=awaited.name)
    return redirect(url_for("cases.case", case_id=case_id), code=303)
