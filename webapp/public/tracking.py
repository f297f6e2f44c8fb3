"""The page by which a customer follows one complaint, answers questions, and judges."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.admitting.limits import TooOften
from engine.commands.command import Command
from engine.commands.outside.customers import CompleteAsCustomer, SubmitSurvey
from engine.forms import Errors
from engine.model import (
    PUBLIC,
    InvalidValues,
    NotFound,
    Rejected,
    Sentence,
    TaskId,
    Unavailable,
    Variables,
)
from engine.queries.customers.tracking import Tracked, TrackedCase
from engine.queries.tasks.one import OpenForm
from webapp.public.door import ask_openly, pages, refusal_page, site
from webapp.public.sealing import sent_seal
from webapp.public.sending import Posted, Shown, posted, shown_first
from webapp.shell.failures import status_of
from webapp.shell.gate import engine
from webapp.shell.speech import current_language
from webapp.shell.visitors import public

_UNKNOWN = Sentence("This link leads nowhere")
_UNKNOWN_WHY = Sentence(
    "There is no complaint at this address, or not any more. Check that the link is whole;"
    " if you lost it, ask whoever deals with your complaint for a new one."
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What came of something that the customer sent."""

    place: str  #: The form that it concerns.
    came: Posted
    errors: Errors = field(default_factory=dict)
    refusal: Sentence | None = None


@pages.get("/t/<token>")
@public
def tracked(token: str) -> Response:
    """Show how far the complaint got, and what is asked."""
    case = _case(token)
    return _unknown() if case is None else _page(token, case)


@pages.post("/t/<token>/questions/<int:task_id>")
@public
def answer(token: str, task_id: int) -> Response:
    """Take the answer to a question."""
    case = _case(token)
    if case is None:
        return _unknown()
    opened = next((each.form for each in case.questions if each.task_id == task_id), None)

    def command(values: Variables) -> Command[None]:
        return CompleteAsCustomer(token, TaskId(task_id), values, request.remote_addr or "")

    return _take(token, case, f"question:{task_id}", opened, command, "answered")


@pages.post("/t/<token>/survey")
@public
def survey(token: str) -> Response:
    """Take the answers to the survey."""
    case = _case(token)
    if case is None:
        return _unknown()
    opened = case.survey.form if case.survey else None

    def command(values: Variables) -> Command[None]:
        return SubmitSurvey(token, values, request.remote_addr or "")

    return _take(token, case, "survey", opened, command, "judged")


def _take(
    token: str,
    case: Tracked,
    place: str,
    opened: OpenForm | None,
    command: Callable[[Variables], Command[None]],
    done: str,
) -> Response:
    """Do what was sent, or show it again with what is wrong."""
    here = url_for("public.tracked", token=token, done=done)
    if opened is None:
        return _once_more(token, case, place, command({}), here)
    came = posted(opened, place)
    if not came.is_done:
        said = _Said(place, came, refusal=came.refusal)
        return _page(token, case, said, status=200 if came.sent.is_edit else 422)
    made = command(came.sent.values)
    try:
        engine().run(made, by=PUBLIC, command_id=came.seal.command_id)
    except InvalidValues as refusal:
        return _page(token, case, _Said(place, came, refusal.errors), status=422)
    except (TooOften, Unavailable) as refusal:
        said = _Said(place, came, refusal=refusal.sentence)
        status = 429 if isinstance(refusal, TooOften) else 503
        return _page(token, case, said, status=status)
    except Rejected as refusal:
        return _too_late(token, case, refusal)
    return redirect(here, code=303)


def _once_more(
    token: str, case: Tracked, place: str, made: Command[None], here: str
) -> Response:
    """Answer a form that is there no more: sent twice, or too late."""
    sealed = sent_seal(place)
    try:
        engine().run(made, by=PUBLIC, command_id=sealed.command_id if sealed else None)
    except Rejected as refusal:
        return _too_late(token, case, refusal)
    return redirect(here, code=303)


def _too_late(token: str, case: Tracked, refusal: Rejected) -> Response:
    """Show the page with why nothing was taken, and with what was typed."""
    typed = [
        value
        for name, value in request.form.items(multi=True)
        if value and not name.startswith("_")
    ]
    return _page(token, case, told=refusal.sentence, typed=typed, status=status_of(refusal))


def _case(token: str) -> Tracked | None:
    try:
        return ask_openly(TrackedCase(token, current_language(), site()))
    except (NotFound, InvalidValues):  # Text that no address has is no token either.
        return None


def _unknown() -> Response:
    return refusal_page(404, _UNKNOWN, _UNKNOWN_WHY)


def _page(
    token: str,
    case: Tracked,
    said: _Said | None = None,
    *,
    told: Sentence | None = None,
    typed: Sequence[str] = (),
    status: int = 200,
) -> Response:
    def shown(opened: OpenForm, place: str) -> Shown:
        if said is not None and said.place == place:
            return said.came.shown(opened, said.errors)
        return shown_first(opened, place)

    page = render_template(
        "public/tracking.html",
        token=token,
        case=case,
        questions=[
            (question, shown(question.form, f"question:{question.task_id}"))
            for question in case.questions
        ],
        survey=case.survey and shown(case.survey.form, "survey"),
        said=said,
        told=told,
        typed=typed,
        address=site() + url_for("public.tracked", token=token),
        filed="filed" in request.args,
        done=request.args.get("done", ""),
    )
    return make_response(page, status)
