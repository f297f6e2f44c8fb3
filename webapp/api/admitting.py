"""Finds out by its token who asks, and how far the token goes; no cookie is looked at."""

import re
from contextlib import suppress
from datetime import timedelta

from flask import current_app, g, request
from structlog.contextvars import bind_contextvars
from werkzeug.wrappers import Response

from engine.commands.people.tokens import SeeToken
from engine.language import DEFAULT_LANGUAGE
from engine.model import SYSTEM, Sentence, Unavailable
from engine.queries.people.tokens import Holder, HolderOf
from webapp.api.declaring import Operation
from webapp.api.pace import Pace
from webapp.api.problems import problem
from webapp.shell.gate import engine
from webapp.shell.moments import present
from webapp.shell.visitors import Visitor

#: Where the app keeps the paces: of tokens, and of addresses without a valid one.
PACE, GUESSES = "API_PACE", "API_GUESSES"
_TOKEN = re.compile(r"Bearer +([A-Za-z0-9_-]{20,100})", re.IGNORECASE)
_SEEN_STEP = timedelta(minutes=5)
_TAGS = {"zh-CN": "zh_CN", "zh-TW": "zh_TW", "en": "en"}


def admit(operation: Operation) -> Response | None:
    """Let the request be answered for the holder of its token, or say why not."""
    speak_to(None)
    holder = _holder()
    if holder is None:
        return _no_token()
    speak_to(holder)
    bind_contextvars(actor=holder.actor.person_id, token=holder.token_id)
    pace: Pace = current_app.config[PACE]
    seconds = pace.seconds_to_wait(str(holder.token_id), present())
    if seconds:
        return _wait(seconds)
    if operation.scopes and not holder.scopes.intersection(operation.scopes):
        return problem(
            403,
            Sentence(
                "Expected a token for {scopes}, but this one is not.",
                {"scopes": ", ".join(operation.scopes)},
            ),
        )
    if holder.used_at is None or present() - holder.used_at >= _SEEN_STEP:
        with suppress(Unavailable):  # Whoever only looks needs no room on the disk.
            engine().run(SeeToken(holder.token_id), by=holder.actor)
    return None


def speak_to(holder: Holder | None) -> None:
    """Speak the language that the request asks for, else that of the holder."""
    asked = request.accept_languages.best_match(_TAGS)
    kept = holder.language if holder else None
    g.visitor = Visitor(
        actor=holder.actor if holder else None,
        language=_TAGS[asked] if asked else kept or DEFAULT_LANGUAGE,
    )


def _holder() -> Holder | None:
    found = _TOKEN.fullmatch(request.headers.get("Authorization", "").strip())
    return None if found is None else engine().ask(HolderOf(found[1]), by=SYSTEM)


def _no_token() -> Response:
    pace: Pace = current_app.config[GUESSES]
    seconds = pace.seconds_to_wait(request.remote_addr or "", present())
    if seconds:
        return _wait(seconds)
    answer = problem(
        401,
        Sentence(
            "Expected the header “Authorization: Bearer” with a token that is valid, but"
            " there is none."
        ),
    )
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _wait(seconds: int) -> Response:
    said = Sentence(
        "Too many requests came lately. Ask again in {seconds} seconds.",
        {"seconds": seconds},
    )
    answer = problem(429, said)
    answer.headers["Retry-After"] = str(seconds)
    return answer
