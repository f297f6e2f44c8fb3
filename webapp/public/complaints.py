"""Filing a complaint: what there is to complain about, the form, the files of it."""

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.admitting.limits import TooOften
from engine.commands.outside.customers import StartPublicly
from engine.forms import Errors
from engine.model import PUBLIC, SYSTEM, InvalidValues, NotFound, Sentence, Unavailable
from engine.queries.cases.documents import OneDocument
from engine.queries.customers.links import LinkToken
from engine.queries.customers.open_starts import OpenStartForm, OpenStarts, OpenStartView
from webapp.cases.documents import send_content
from webapp.forms.filling import NO_ERRORS
from webapp.public.door import ask_openly, pages, refusal_page
from webapp.public.sealing import unsealed
from webapp.public.sending import Posted, Shown, posted, shown_first
from webapp.shell.gate import engine
from webapp.shell.speech import current_language
from webapp.shell.visitors import public

_GONE = Sentence("Nothing can be filed here")
_GONE_WHY = Sentence(
    "There is no form for complaints at this address. It may have moved; ask where to"
    " complain now."
)


@pages.get("/p/")
@public
def choices() -> str:
    """Show what the public may complain about."""
    return render_template("public/choices.html", starts=ask_openly(OpenStarts()))


@pages.get("/p/<policy_key>/<process_id>")
@public
def form(policy_key: str, process_id: str) -> Response:
    """Show the form."""
    view = _view(policy_key, process_id)
    if view is None:
        return refusal_page(404, _GONE, _GONE_WHY)
    return _page(view, shown_first(view.form, _place(policy_key, process_id)))


@pages.post("/p/<policy_key>/<process_id>")
@public
def file_complaint(policy_key: str, process_id: str) -> Response:
    """Take the complaint, or show the form again with what is wrong."""
    view = _view(policy_key, process_id)
    if view is None:
        return refusal_page(404, _GONE, _GONE_WHY)
    came = posted(view.form, _place(policy_key, process_id))
    if not came.is_done:
        return _again(view, came, status=200 if came.sent.is_edit else 422)
    command = StartPublicly(
        policy_key, process_id, came.sent.values, request.remote_addr or ""
    )
    try:
        receipt = engine().run(command, by=PUBLIC, command_id=came.seal.command_id)
    except InvalidValues as refusal:
        return _again(view, came, refusal.errors)
    except (TooOften, Unavailable) as refusal:
        status = 429 if isinstance(refusal, TooOften) else 503
        return _again(view, came, told=refusal.sentence, status=status)
    token = engine().ask(LinkToken(receipt.case_id), by=SYSTEM)
    return redirect(url_for("public.tracked", token=token, filed=1), code=303)


@pages.get("/p/-/<sealed>")
@public
def file(sealed: str) -> Response:
    """Send a file back to the stranger who has just sent it.

    Raises:
        NotFound: If the address was not made here, or the file belongs to a case by now.
    """
    named = unsealed("file", sealed)
    document = None
    if isinstance(named, list):
        document = ask_openly(OneDocument(named[0]))
    if document is None or document.digest != named[1]:
        raise NotFound("Expected to find a file here, but there is none.")
    return send_content(document)


def _place(policy_key: str, process_id: str) -> str:
    return f"start:{policy_key}/{process_id}"


def _view(policy_key: str, process_id: str) -> OpenStartView | None:
    try:
        return ask_openly(OpenStartForm(policy_key, process_id, current_language()))
    except (NotFound, InvalidValues):
        return None


def _again(
    view: OpenStartView,
    came: Posted,
    errors: Errors = NO_ERRORS,
    *,
    told: Sentence | None = None,
    status: int = 422,
) -> Response:
    return _page(view, came.shown(view.form, errors), told, status)


def _page(
    view: OpenStartView, shown: Shown, told: Sentence | None = None, status: int = 200
) -> Response:
    page = render_template(
        "public/form.html",
        start=view.start,
        shown=shown,
        refusal=told or shown.refusal,
        many=len(ask_openly(OpenStarts())) > 1,
    )
    return make_response(page, status)
