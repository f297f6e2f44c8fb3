"""Operations: cases that stopped, what the machine owes, messages nobody waited for."""

from collections.abc import Mapping
from uuid import uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.cases.lifecycle import CorrectVariable
from engine.commands.operations.incidents import RetryIncident
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.outside.signals import BroadcastSignal
from engine.model import CaseId, EngineError, InvalidValues, Json, Sentence
from engine.queries.operations.troubles import (
    Incidents,
    Jobs,
    Messages,
    OneIncident,
    OperationsCounts,
)
from engine.store.values import loads
from webapp.shell.gate import COMMAND_ID, ask, run
from webapp.shell.listing import page_number
from webapp.shell.messages import say_done, say_wrong

pages = Blueprint("operations", __name__, url_prefix="/operations")

JOB_STATES = {
    "waiting": Sentence("waiting"),
    "running": Sentence("running"),
    "done": Sentence("done"),
    "failed": Sentence("failed"),
    "cancelled": Sentence("cancelled"),
}
JOB_KINDS = {
    "timer": Sentence("timer"),
    "signal": Sentence("delivery of a signal"),
    "work": Sentence("work of a diagram"),
    "reminder": Sentence("reminder"),
    "overdue": Sentence("overdue reminder"),
    "schedule": Sentence("scheduled start"),
    "email": Sentence("e-mail"),
    "chat": Sentence("chat message"),
    "expire": Sentence("end of a kept message"),
    "checkpoint": Sentence("checkpoint of the journal"),
    "retention": Sentence("erasing what was kept long enough"),
    "delete-files": Sentence("deleting files of erased cases"),
    "unsent": Sentence("clearing files that were never sent"),
    "ledger": Sentence("entries of older cases for a new ledger"),
}
MESSAGE_STATES = {
    "kept": Sentence("kept, nobody waits yet"),
    "correlated": Sentence("delivered"),
    "expired": Sentence("expired"),
}
_Errors = Mapping[str, tuple[Sentence, ...]]


@pages.get("/")
def page() -> str:
    """List incidents."""
    state = request.args.get("state", "open")
    found = ask(
        Incidents(
            state="" if state == "all" else state,
            text=request.args.get("q", ""),
            page=page_number(),
        )
    )
    return render_template(
        "operations/page.html", page=found, state=state, counts=ask(OperationsCounts())
    )


@pages.get("/jobs")
def jobs() -> str:
    """List what the machine owes."""
    state = request.args.get("state", "owed")
    found = ask(
        Jobs(
            state="" if state == "all" else state,
            kind=request.args.get("kind", ""),
            page=page_number(),
        )
    )
    return render_template(
        "operations/jobs.html",
        page=found,
        chosen=state,
        states=JOB_STATES,
        kinds=JOB_KINDS,
        counts=ask(OperationsCounts()),
    )


@pages.get("/messages")
def messages() -> str:
    """List messages from outside."""
    return _messages({})


@pages.post("/messages")
def send_message() -> Response | tuple[str, int]:
    """Pass a message on that came by another way, such as the telephone."""
    fields = request.form
    name = fields.get("name", "").strip()
    try:
        case_id = run(
            CorrelateMessage(
                name=name,
                key=fields.get("key", "").strip() or None,
                message_id=f"operations:{fields.get(COMMAND_ID) or uuid4().hex}",
                payload=_payload(fields.get("payload", "")),
            )
        )
    except InvalidValues as refusal:
        return _messages(refusal.errors), 422
    if case_id is None:
        say_done("“{message}” is kept: no case waits for it yet.", message=name)
        return redirect(url_for("operations.messages"), code=303)
    say_done("“{message}” was delivered.", message=name)
    return redirect(url_for("cases.case", case_id=case_id), code=303)


@pages.post("/signals")
def broadcast() -> Response | tuple[str, int]:
    """Tell every case that waits for it of a signal."""
    name = request.form.get("signal", "").strip()
    try:
        payload = _payload(request.form.get("brings", ""))
        told = run(BroadcastSignal(name, payload))
    except InvalidValues as refusal:
        fields = {"name": "signal", "payload": "brings"}
        wrong = {fields[field]: said for field, said in refusal.errors.items()}
        return _messages({}, signal_errors=wrong), 422
    say_done("“{signal}” was broadcast. It reaches: {count}.", signal=name, count=told)
    return redirect(url_for("operations.messages"), code=303)


def _messages(errors: _Errors, signal_errors: _Errors | None = None) -> str:
    found = ask(
        Messages(
            state=request.args.get("state", ""),
            text=request.args.get("q", ""),
            page=page_number(),
        )
    )
    return render_template(
        "operations/messages.html",
        page=found,
        errors=errors,
        signal_errors=signal_errors or {},
        states=MESSAGE_STATES,
        counts=ask(OperationsCounts()),
    )


@pages.get("/incidents/<int:incident_id>")
def incident(incident_id: int) -> str:
    """Show why a case stopped, and what it knows."""
    return _incident(incident_id, {})


@pages.post("/incidents/<int:incident_id>/retry")
def retry(incident_id: int) -> Response:
    """Let the case go on from where it stopped."""
    run(RetryIncident(incident_id))
    return _after(incident_id)


@pages.post("/incidents/<int:incident_id>/correct")
def correct(incident_id: int) -> Response | tuple[str, int]:
    """Set a variable of the case, and let it go on if that is asked for."""
    view = ask(OneIncident(incident_id))
    name = request.form.get("name", "").strip()
    try:
        value = _typed(request.form.get("value", ""))
        if not name or view.incident.case_id is None:
            said = Sentence("Expected the name of a variable, but there is none.")
            raise InvalidValues({"name": (said,)})
        run(
            CorrectVariable(
                CaseId(view.incident.case_id),
                {name: value},
                reason=request.form.get("reason", "").strip(),
            )
        )
    except InvalidValues as refusal:
        return _incident(incident_id, refusal.errors), 422
    say_done("{name} was set. Try again when everything is right.", name=name)
    return redirect(url_for("operations.incident", incident_id=incident_id), code=303)


def _after(incident_id: int) -> Response:
    """Say whether the case goes on, or has stopped again."""
    view = ask(OneIncident(incident_id))
    case_id = view.incident.case_id
    if case_id is None:
        say_done("The work was taken up again.")
        return redirect(url_for("operations.page"), code=303)
    if view.open_in_case:
        say_wrong(
            "The case has stopped again: {reason}", reason=view.open_in_case[0].sentence
        )
        again = view.open_in_case[0].id
        return redirect(url_for("operations.incident", incident_id=again), code=303)
    say_done("The case goes on.")
    return redirect(url_for("cases.case", case_id=case_id), code=303)


def _payload(text: str) -> dict[str, Json]:
    """Return the object of variables that was typed; none for an empty field.

    Raises:
        InvalidValues: If it is no JSON object.
    """
    if not text.strip():
        return {}
    try:
        value = loads(text)
    except (ValueError, EngineError):
        value = None
    if not isinstance(value, dict):
        said = Sentence(
            "Expected a JSON object, such as {example}, but got {text}.",
            {"example": '{"carrier": "SF"}', "text": text[:200]},
        )
        raise InvalidValues({"payload": (said,)})
    return value


def _typed(text: str) -> Json:
    """Return the JSON value that was typed.

    Raises:
        InvalidValues: If it is none.
    """
    try:
        return loads(text)
    except (ValueError, EngineError) as error:
        said = Sentence(
            'Expected a value as JSON, such as 12, true or "text", but got {text}.',
            {"text": text[:200]},
        )
        raise InvalidValues({"value": (said,)}) from error


def _incident(incident_id: int, errors: _Errors) -> str:
    view = ask(OneIncident(incident_id))
    return render_template(
        "operations/incident.html", view=view, incident=view.incident, errors=errors
    )
