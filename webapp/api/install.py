"""Routes the declared operations, and answers in JSON."""

from collections.abc import Callable
from typing import Any

import msgspec
from flask import Blueprint, Flask
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from engine.model import Rejected
from webapp.api import (
    cases,
    deadlines,
    documents,
    drafts,
    intake,
    messages,
    months,
    policies,
    prints,
    problems,
    reference,
    reports,
    routing,
    tasks,
)
from webapp.api.admitting import GUESSES, PACE, admit
from webapp.api.declaring import JSON, OPERATIONS, Operation
from webapp.api.pace import Pace
from webapp.api.reading import given_to
from webapp.shell.security import csrf
from webapp.shell.visitors import by_token

#: What declares operations; importing it is what makes them known.
RESOURCES = (
    *(cases, deadlines, documents, drafts, intake, messages, months, policies, prints),
    *(reports, routing, tasks),
)
REQUESTS_A_MINUTE = 600  #: Of one token.
GUESSES_A_MINUTE = 60  #: From one address, without a valid token.

pages = Blueprint("api", __name__, url_prefix=problems.ROOT)
pages.register_error_handler(Rejected, problems.rejected)
pages.register_error_handler(HTTPException, problems.refused)
pages.register_error_handler(Exception, problems.broken)
csrf.exempt(pages)  # No cookie is looked at, so that no other site can use one.

_encoder = msgspec.json.Encoder(decimal_format="number")


def install(app: Flask) -> None:
    """Set up the pace, and what is said where there is no operation."""
    app.config[PACE] = Pace(REQUESTS_A_MINUTE)
    app.config[GUESSES] = Pace(GUESSES_A_MINUTE)
    problems.install(app)
    app.register_blueprint(reference.pages)


def _view(operation: Operation) -> Callable[..., Response]:
    @by_token
    def view(**places: object) -> Response:
        refusal = admit(operation)
        if refusal is not None:
            return refusal
        answer: Any = operation.handler(**places, **given_to(operation))
        if isinstance(answer, Response):
            return answer
        if operation.answer is None:
            return Response(status=operation.status)
        return Response(_encoder.encode(answer), operation.status, content_type=JSON)

    return view


for _operation in OPERATIONS.values():
    pages.add_url_rule(
        _operation.rule,
        _operation.id,
        _view(_operation),
        methods=[_operation.method],
        provide_automatic_options=False,
    )
