"""Takes in what strangers send: typed fields, and files with limits."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from flask import request
from werkzeug.datastructures import FileStorage

from engine.commands.admitting.limits import AdmitUpload
from engine.forms import Errors, FormView
from engine.model import PUBLIC, Json, Sentence
from engine.queries.cases.documents import UsableDocuments
from engine.queries.tasks.one import OpenForm
from webapp.forms.fields import Document, Sent, read_sent
from webapp.forms.filling import NO_ERRORS, merged, view_of
from webapp.forms.uploads import BadFile, keep
from webapp.public.door import ask_openly
from webapp.public.sealing import FormSeal, new_seal, seal, sent_seal, suspicion, unsealed
from webapp.shell.gate import engine

FILES = "_files"  #: The form field that names the files sent before, sealed.
MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A form as a stranger sees it."""

    view: FormView
    seal: FormSeal
    files: str  #: The numbers of the files that were sent with it already, sealed.
    refusal: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A form as a stranger sent it."""

    sent: Sent
    seal: FormSeal
    files: tuple[int, ...]
    refusal: Sentence | None  #: Why it is not taken as it is.

    @property
    def is_done(self) -> bool:
        """Tell whether it is complete as far as can be told here."""
        return self.refusal is None and not self.sent.is_edit and not self.sent.errors

    def shown(self, opened: OpenForm, errors: Errors = NO_ERRORS) -> Shown:
        """Return the form to be looked at again, with all that was typed."""
        found = merged(self.sent.errors, errors)
        view = view_of(opened, self.sent.values, found)
        return Shown(view, self.seal, seal("files", list(self.files)), self.refusal)


def shown_first(opened: OpenForm, place: str) -> Shown:
    """Return the form as it is shown for the first time."""
    return Shown(
        view=view_of(opened, opened.values, NO_ERRORS),
        seal=new_seal(place),
        files=seal("files", []),
    )


def posted(opened: OpenForm, place: str) -> Posted:
    """Return what was entered into the form at *place*.

    Files are kept only of forms that a person seems to have sent.
    """
    sealed = sent_seal(place)
    refusal = suspicion(sealed)
    receiver = _Receiver(is_trusted=refusal is None)
    sent = read_sent(opened.form, request, keep=receiver.keep, known=receiver.known)
    if sent.errors:
        wrong = opened.form.validate(sent.values, opened.context)
        sent = replace(sent, errors=merged(sent.errors, wrong))
    return Posted(sent, sealed or new_seal(place), tuple(receiver.numbers), refusal)


class _Receiver:
    """Keeps files of one form; only those that came with it before are known."""

    def __init__(self, *, is_trusted: bool) -> None:
        self._is_trusted = is_trusted
        sealed = unsealed("files", request.form.get(FILES, ""))
        self.numbers: list[int] = sealed if isinstance(sealed, list) else []

    def keep(self, upload: FileStorage) -> Document:
        """Keep one file.

        Raises:
            Rejected: If there are too many, or it is no file that is taken.
        """
        if not self._is_trusted:
            raise BadFile("Please choose this file once more.")
        if len(self.numbers) >= MOST_FILES:
            raise BadFile("Expected at most {limit} files.", limit=MOST_FILES)
        engine().run(AdmitUpload(request.remote_addr or ""), by=PUBLIC)
        document = keep(upload, PUBLIC)
        self.numbers.append(document["document"])
        return document

    def known(self, numbers: Collection[int]) -> tuple[Json, ...]:
        """Return those of the files that this form sent before."""
        own = tuple(number for number in numbers if number in self.numbers)
        return ask_openly(UsableDocuments(own)) if own else ()
