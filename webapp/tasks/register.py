"""Registering a complaint: choose what it is about, fill in the form."""

from dataclasses import replace

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.cases.lifecycle import StartCase
from engine.model import InvalidValues
from engine.queries.cases.file import CaseFile
from engine.queries.tasks.starts import StartChoices, StartForm, StartView
from webapp.forms.fields import Sent
from webapp.forms.filling import (
    NO_ERRORS,
    Errors,
    keep_draft,
    kept_line,
    merged,
    sent_to,
    view_of,
)
from webapp.shell.gate import ask, run
from webapp.shell.messages import say_done
from webapp.shell.speech import current_language

pages = Blueprint("register", __name__, url_prefix="/register")


@pages.get("/")
def page() -> Response:
    """Show what the person may register; the only choice is taken at once."""
    choices = ask(StartChoices())
    if len(choices) == 1:
        only = choices[0]
        return redirect(
            url_for("register.form", policy_key=only.policy_key, process_id=only.process_id)
        )
    return make_response(render_template("register/page.html", choices=choices))


@pages.get("/<policy_key>/<process_id>")
def form(policy_key: str, process_id: str) -> str:
    """Show the form."""
    return _page(policy_key, process_id)


@pages.post("/<policy_key>/<process_id>/draft")
def draft(policy_key: str, process_id: str) -> str:
    """Keep what is typed so far; scripts ask for this while people type."""
    sent = _sent(policy_key, process_id)
    keep_draft(sent.values, start=f"{policy_key}/{process_id}")
    return str(kept_line())


@pages.post("/<policy_key>/<process_id>")
def register(policy_key: str, process_id: str) -> Response:
    """Open a case with what was entered, or keep it, or change the form's rows."""
    sent = _sent(policy_key, process_id)
    if sent.is_edit:
        return make_response(_page(policy_key, process_id, sent))
    place = f"{policy_key}/{process_id}"
    if "_draft" in request.form or sent.errors:
        keep_draft(sent.values, start=place)
        if sent.errors:
            page = _page(policy_key, process_id, sent, sent.errors)
            return make_response(page, 422)
        say_done("Kept as a draft. Nothing is registered yet.")
        return redirect(request.path, code=303)
    unit = request.form.get("_unit") or None
    try:
        case_id = run(StartCase(policy_key, process_id, sent.values, unit))
    except InvalidValues as refusal:
        keep_draft(sent.values, start=place)
        page = _page(policy_key, process_id, sent, refusal.errors)
        return make_response(page, 422)
    view = ask(CaseFile(case_id, current_language()))
    following = "；".join(
        f"{task.name}（{'、'.join(task.waits_for)}）" for task in view.tasks
    )
    say_done(
        "Registered as {number}. Next: {following}.",
        number=view.head.number,
        following=following or "–",
    )
    return redirect(url_for("cases.case", case_id=case_id), code=303)


def _sent(policy_key: str, process_id: str) -> Sent:
    opened = _start(policy_key, process_id).form
    sent = sent_to(opened.form if opened else None)
    if opened is None or not sent.errors:
        return sent
    wrong = opened.form.validate(sent.values, opened.context)
    return replace(sent, errors=merged(sent.errors, wrong))


def _start(policy_key: str, process_id: str) -> StartView:
    unit = request.form.get("_unit") or None
    return ask(StartForm(policy_key, process_id, current_language(), unit))


def _page(
    policy_key: str,
    process_id: str,
    sent: Sent | None = None,
    errors: Errors = NO_ERRORS,
) -> str:
    view = _start(policy_key, process_id)
    shown = view.form and view_of(
        view.form, sent.values if sent else view.form.values, errors
    )
    return render_template("register/form.html", view=view, form=shown, errors=errors)
