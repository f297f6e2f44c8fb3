"""Forms of tasks and of registrations: what was sent, and keeping it half-filled."""

from collections.abc import Collection, Mapping

from flask import g, request, url_for
from markupsafe import Markup

from engine.commands.tasks.lifecycle import SaveDraft
from engine.forms import Form, FormView
from engine.model import Json, Sentence, TaskId, Variables
from engine.queries.cases.documents import UsableDocuments
from engine.queries.tasks.one import OpenForm
from webapp.forms.fields import Document, Sent, is_edit, read_sent
from webapp.forms.uploads import keep
from webapp.shell.gate import actor, ask, engine
from webapp.shell.moments import present, wording
from webapp.shell.speech import speak

Errors = Mapping[str, tuple[Sentence, ...]]
NO_ERRORS: Errors = {}


def sent_to(form: Form | None) -> Sent:
    """Return what was entered into *form*; a step without a form takes nothing."""
    if form is None:
        return Sent({}, {}, is_edit=is_edit(request))
    return read_sent(form, request, keep=keep, known=_known)


def view_of(opened: OpenForm, values: Variables, errors: Errors) -> FormView:
    """Return the form for the page."""
    return opened.form.layout(values, errors, opened.context)


def merged(errors: Errors, others: Errors) -> Errors:
    """Return all errors, those of files first."""
    return {
        name: (*errors.get(name, ()), *others.get(name, ()))
        for name in dict.fromkeys([*errors, *others])
    }


def keep_draft(
    values: Variables, *, task_id: TaskId | None = None, start: str | None = None
) -> None:
    """Keep what was typed, under no command id: later drafts replace earlier ones."""
    engine().run(SaveDraft(values, task_id=task_id, start=start), by=actor())


def kept_line() -> Markup:
    """Return the line that says that a draft was kept just now."""
    return speak("Kept as a draft {moment}.", moment=wording(present()))


def address_of(document: Document, *, small: bool = False) -> str:
    """Return the address of a file, or of its small picture."""
    if "document_address" in g:  # Pages for strangers have addresses of their own.
        return str(g.document_address(document, small=small))
    endpoint = "documents.small" if small else "documents.content"
    return url_for(endpoint, document_id=document["document"])


def _known(numbers: Collection[int]) -> tuple[Json, ...]:
    return ask(UsableDocuments(tuple(numbers)))
