"""The document of the interface, as OpenAPI and as a page to be read."""

import msgspec
from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from webapp.api.admitting import speak_to
from webapp.api.declaring import JSON, OPERATIONS
from webapp.api.document import TAGS, openapi, statuses
from webapp.api.problems import KINDS, ROOT
from webapp.shell.visitors import by_token

pages = Blueprint("reference", __name__, url_prefix="/api")


@pages.get("/openapi.json")
@by_token
def document() -> Response:
    """Send the document; it tells nothing of any case, and asks for no token."""
    speak_to(None)
    return Response(msgspec.json.encode(openapi()), content_type=JSON)


@pages.get("/")
def page() -> str:
    """Show the document to people."""
    told = openapi()
    operations = [
        (operation, told["paths"][operation.path][operation.method.lower()])
        for operation in OPERATIONS.values()
    ]
    return render_template(
        "api/page.html",
        root=ROOT,
        tags=TAGS,
        operations=operations,
        statuses=statuses,
        problems=KINDS,
        schemas=told["components"]["schemas"],
    )
