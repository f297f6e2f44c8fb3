"""The page of a task: claim it, fill in its form, complete it."""

from dataclasses import replace
from datetime import datetime

from flask import (
    Blueprint,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response

from engine.commands.tasks.lifecycle import (
    AssignTask,
    ClaimTask,
    Completed,
    CompleteTask,
    NextTask,
    SetFollowUp,
    UnclaimTask,
)
from engine.commands.tasks.signing import NotSigned, Proof
from engine.model import (
    Conflict,
    InvalidState,
    InvalidValues,
    NotAllowed,
    Rejected,
    Sentence,
    TaskId,
)
from engine.queries.cases.timeline import Event
from engine.queries.deadlines.extensions import TimesOfCase
from engine.queries.tasks.one import OneTask, TaskFields, TaskForm, TaskView
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
from webapp.shell.failures import status_of
from webapp.shell.gate import ask, run
from webapp.shell.messages import say_done
from webapp.shell.moments import wording
from webapp.shell.speech import current_language, speak

pages = Blueprint("tasks", __name__, url_prefix="/tasks")
MOST_EVENTS = 6
CALENDAR_YEARS = range(1900, 3000)  #: Others do not fit every clock.


@pages.get("/<int:task_id>")
def page(task_id: int) -> str:
    """Show the task."""
    return _page(task_id)


@pages.post("/<int:task_id>/claim")
def claim(task_id: int) -> Response:
    """Take the task."""
    run(ClaimTask(TaskId(task_id)))
    return redirect(url_for("tasks.page", task_id=task_id), code=303)


@pages.post("/<int:task_id>/unclaim")
def unclaim(task_id: int) -> Response:
    """Give the task back to the group."""
    run(UnclaimTask(TaskId(task_id)))
    say_done("The task is open to your group again. What you typed stays kept for you.")
    return redirect(url_for("worklist.page"), code=303)


@pages.post("/<int:task_id>/assign")
def assign(task_id: int) -> Response:
    """Hand the task to somebody."""
    login = request.form.get("login", "").strip().lower()
    run(AssignTask(TaskId(task_id), login))
    say_done("The task was handed to {login}.", login=login)
    return redirect(url_for("worklist.page"), code=303)


@pages.post("/<int:task_id>/follow-up")
def follow_up(task_id: int) -> Response:
    """Put the task off until a moment, or take that back."""
    moment = _moment(request.form.get("moment", ""))
    run(SetFollowUp(TaskId(task_id), moment))
    say_done("The task will be brought up again then." if moment else "No longer put off.")
    return redirect(url_for("tasks.page", task_id=task_id), code=303)


@pages.post("/<int:task_id>/draft")
def draft(task_id: int) -> Response | str:
    """Keep what is typed so far; scripts ask for this while people type."""
    sent = _sent(task_id)
    keep_draft(sent.values, task_id=TaskId(task_id))
    return str(kept_line())


@pages.post("/<int:task_id>/complete")
def complete(task_id: int) -> Response:
    """Complete the task with what was entered, or keep it, or change the form's rows."""
    sent = _sent(task_id)
    if sent.is_edit:
        return _edited(task_id, sent)
    if "_draft" in request.form or sent.errors:
        keep_draft(sent.values, task_id=TaskId(task_id))
        if sent.errors:
            return make_response(_page(task_id, sent, errors=sent.errors), 422)
        say_done("Kept as a draft. Complete the task when everything is there.")
        return redirect(url_for("tasks.page", task_id=task_id), code=303)
    try:
        done = run(CompleteTask(TaskId(task_id), sent.values, _proof()))
    except InvalidValues as refusal:
        keep_draft(sent.values, task_id=TaskId(task_id))
        return make_response(_page(task_id, sent, errors=refusal.errors), 422)
    except NotSigned as refusal:
        keep_draft(sent.values, task_id=TaskId(task_id))
        wrong = {"_password": (refusal.sentence,)}
        return make_response(_page(task_id, sent, errors=wrong), 403)
    except (Conflict, InvalidState, NotAllowed) as refusal:
        return _too_late(task_id, sent, refusal)
    _say_what_comes(done)
    return redirect(url_for("worklist.page"), code=303)


def _proof() -> Proof | None:
    """Return the password that was typed once more, to sign by."""
    password = request.form.get("_password", "")
    return Proof(password, request.remote_addr or "") if password else None


def _moment(text: str) -> datetime | None:
    """Return the moment that was typed, on the clocks of the house.

    Raises:
        InvalidValues: If it is none.
    """
    if not text:
        return None
    said = Sentence("Expected a day and a time, but got {text}.", {"text": text[:50]})
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidValues({"moment": (said,)}) from error
    if moment.year not in CALENDAR_YEARS:
        raise InvalidValues({"moment": (said,)})
    return moment if moment.tzinfo else moment.replace(tzinfo=current_app.config["ZONE"])


def _sent(task_id: int) -> Sent:
    sent = sent_to(ask(TaskFields(TaskId(task_id))))
    if not sent.errors:
        return sent
    opened = ask(TaskForm(TaskId(task_id), current_language()))
    if opened is None:
        return sent
    wrong = opened.form.validate(sent.values, opened.context)
    return replace(sent, errors=merged(sent.errors, wrong))


def _page(task_id: int, sent: Sent | None = None, errors: Errors = NO_ERRORS) -> str:
    view = ask(OneTask(TaskId(task_id), current_language()))
    form = view.form and view_of(
        view.form, sent.values if sent else view.form.values, _of_fields(errors)
    )
    return render_template(
        "tasks/page.html",
        task=view,
        form=form,
        errors=errors,
        events=_latest(view),
        time=ask(TimesOfCase(view.case.id)).get(task_id),
    )


def _of_fields(errors: Errors) -> Errors:
    """Return the errors but that of the signature, which stands below the form."""
    return {name: faults for name, faults in errors.items() if name != "_password"}


def _edited(task_id: int, sent: Sent) -> Response:
    """Show the form after its rows changed; a step that is over has no form any more."""
    if ask(OneTask(TaskId(task_id), current_language())).state == "open":
        return make_response(_page(task_id, sent))
    over = InvalidState("Expected the step to be open still, but it is over.")
    return _too_late(task_id, sent, over)


def _latest(view: TaskView) -> list[Event]:
    """Return what people did lately, the newest first; all of it is on the case page."""
    shown = [event for event in view.events if event.kind not in ("machine", "decision")]
    return shown[: -MOST_EVENTS - 1 : -1]


def _too_late(task_id: int, sent: Sent, refusal: Rejected) -> Response:
    """Show what is with the task now, and what was typed, which cannot be sent."""
    view = ask(OneTask(TaskId(task_id), current_language()))
    page = render_template(
        "tasks/too_late.html",
        task=view,
        refusal=refusal.sentence,
        typed=list(request.form.items(multi=True)),
    )
    return make_response(page, status_of(refusal))


def _say_what_comes(done: Completed) -> None:
    if done.ended:
        say_done("Completed. The case is closed.")
    elif not done.next:
        say_done("Completed. The case goes on by itself.")
    else:
        following = "；".join(_following(task) for task in done.next)
        say_done("Completed. Next: {following}.", following=following)


def _following(task: NextTask) -> str:
    who = task.assignee or "、".join(task.roles)
    said = speak("{task} ({who})", task=task.name, who=who) if who else task.name
    if task.due is None:
        return str(said)
    return str(speak("{task}, due {moment}", task=said, moment=wording(task.due)))
