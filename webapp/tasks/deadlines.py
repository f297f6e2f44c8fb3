"""Deadlines: more time asked for and decided on, and the register of broken ones."""

from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.deadlines.extending import DecideExtension, RequestExtension
from engine.commands.deadlines.reviewing import ReviewBreach
from engine.model import InvalidValues, Sentence, TaskId
from engine.queries.deadlines.breach_report import OUTCOMES, BreachExport
from engine.queries.deadlines.breaches import NOBODY, BreachRegister, RegisterAsked
from engine.queries.deadlines.extensions import ExtensionCount, ExtensionsToDecide
from engine.queries.tasks.one import OneTask
from webapp.reports.files import file_of
from webapp.shell.gate import ask, run
from webapp.shell.listing import page_number
from webapp.shell.messages import say_done
from webapp.shell.speech import current_language, speak
from webapp.shell.visitors import is_local

pages = Blueprint("deadlines", __name__, url_prefix="/deadlines")
CALENDAR_YEARS = range(1900, 3000)  #: Others do not fit every clock.
_Errors = Mapping[str, tuple[Sentence, ...]]


@pages.get("/extensions")
def extensions() -> str:
    """Show the requests for more time that wait for the person's decision."""
    return _extensions({}, 0)


@pages.post("/tasks/<int:task_id>")
def request_extension(task_id: int) -> Response | tuple[str, int]:
    """Ask for more time for a task."""
    try:
        until = _moment(request.form.get("until", ""))
        run(RequestExtension(TaskId(task_id), until, request.form.get("reason", "")))
    except InvalidValues as refusal:
        task = ask(OneTask(task_id, current_language()))
        return render_template("deadlines/ask.html", task=task, errors=refusal.errors), 422
    say_done("More time was asked for. You will hear when it is decided.")
    return redirect(url_for("tasks.page", task_id=task_id), code=303)


@pages.post("/extensions/<int:extension_id>")
def decide(extension_id: int) -> Response | tuple[str, int]:
    """Grant more time, or refuse it."""
    granted = request.form.get("decision") == "grant"
    typed = request.form.get("until", "")
    try:
        until = _moment(typed) if granted and typed else None
        remark = request.form.get("remark", "")
        run(DecideExtension(extension_id, granted, until, remark))
    except InvalidValues as refusal:
        return _extensions(refusal.errors, extension_id), 422
    if granted:
        say_done("More time was given. The task is due then, and reminders go with it.")
    else:
        say_done("No more time was given. The deadline stays as it was.")
    return redirect(url_for("deadlines.extensions"), code=303)


@pages.get("/breaches")
def breaches() -> str:
    """Show the register of broken deadlines."""
    return _breaches({}, 0)


@pages.get("/breaches/file.<ending>")
def breaches_file(ending: str) -> Response:
    """Send the register as a file."""
    zone = str(current_app.config["ZONE"])
    title = str(speak("Register of broken deadlines"))
    return file_of(ask(BreachExport(_asked(), title, zone)), ending, zone)


@pages.post("/breaches/<int:breach_id>")
def review(breach_id: int) -> Response | tuple[str, int]:
    """Say that a broken deadline was looked at, and what came of it."""
    try:
        run(ReviewBreach(breach_id, request.form.get("remark", "")))
    except InvalidValues as refusal:
        return _breaches(refusal.errors, breach_id), 422
    say_done("The review was kept.")
    back = request.form.get("back", "")
    target = back if is_local(back) else url_for("deadlines.breaches")
    return redirect(target, code=303)


def install(app: Flask) -> None:
    """Give the templates `extensions_to_decide`, how many requests wait for the person."""
    app.jinja_env.globals["extensions_to_decide"] = lambda: ask(ExtensionCount())


def _extensions(errors: _Errors, of: int) -> str:
    page = ask(ExtensionsToDecide(page_number()))
    return render_template("deadlines/extensions.html", page=page, errors=errors, of=of)


def _breaches(errors: _Errors, of: int) -> str:
    view = ask(BreachRegister(_asked(), page_number()))
    return render_template(
        "deadlines/breaches.html",
        view=view,
        errors=errors,
        of=of,
        nobody=NOBODY,
        outcomes=OUTCOMES,
    )


def _asked() -> RegisterAsked:
    args = request.args
    return RegisterAsked(
        policy=args.get("policy", ""),
        person=args.get("person", ""),
        unit=args.get("unit", ""),
        month=args.get("month", ""),
        reviewed=args.get("reviewed", ""),
    )


def _moment(text: str) -> datetime:
    """Return the moment that was typed, on the clocks of the house.

    Raises:
        InvalidValues: If it is none.
    """
    said = Sentence("Expected a day and a time, but got {text}.", {"text": text[:50]})
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidValues({"until": (said,)}) from error
    if moment.year not in CALENDAR_YEARS:
        raise InvalidValues({"until": (said,)})
    return moment if moment.tzinfo else moment.replace(tzinfo=current_app.config["ZONE"])
