"""Seals on what strangers' browsers send back: made here, unchanged, and not too old."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from engine.model import Json, Sentence
from webapp.shell.moments import present

SHORTEST = timedelta(seconds=3)  #: No person fills in a form in less.
LONGEST = timedelta(days=1)
FIELD, HONEYPOT = "_seal", "_website"


@dataclass(frozen=True, slots=True)
class FormSeal:
    """What a form carries instead of a cookie."""

    text: str
    place: str  #: Which form it is.
    command_id: str  #: The same form sent twice acts once.
    since: datetime


def seal(purpose: str, value: Json) -> str:
    """Return *value* as a text that only this installation can make."""
    return _serializer(purpose).dumps(value)


def unsealed(purpose: str, text: str) -> Json:
    """Return what was sealed as *text*; None if it was not sealed here."""
    try:
        return _serializer(purpose).loads(text)
    except BadSignature:
        return None


def new_seal(place: str) -> FormSeal:
    """Return the seal of a form that is shown for the first time."""
    command_id, since = uuid4().hex, present()
    text = seal("form", [place, command_id, since.timestamp()])
    return FormSeal(text, place, command_id, since)


def sent_seal(place: str) -> FormSeal | None:
    """Return the seal that came back with the form at *place*, unless it is too old."""
    text = request.form.get(FIELD, "")
    value = unsealed("form", text)
    if not isinstance(value, list) or value[0] != place:
        return None
    since = datetime.fromtimestamp(value[2], UTC)
    if present() - since > LONGEST:
        return None
    return FormSeal(text, place, value[1], since)


def suspicion(sealed: FormSeal | None) -> Sentence | None:
    """Return what speaks against a person having sent the form, in words for a person."""
    if sealed is None:
        return Sentence(
            "The page had been open for long. What you typed is still here: look at it once"
            " more and send it again."
        )
    if request.form.get(HONEYPOT, ""):
        return Sentence(
            "A field that nobody sees was filled in, as programs do. Switch off filling in"
            " forms by itself, and send it again."
        )
    if present() - sealed.since < SHORTEST:
        return Sentence(
            "That was very quick. Look once more at what you typed, and send it again."
        )
    return None


def _serializer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=f"public {purpose}")
