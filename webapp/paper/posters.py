"""A sheet to hang up: the code by which customers come to a form, and what to do."""

from io import BytesIO

import segno
from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from engine.queries.customers.open_starts import PosterOf
from webapp.shell.gate import ask, engine

pages = Blueprint("posters", __name__, url_prefix="/posters")


@pages.get("/<policy_key>/<process_id>")
def page(policy_key: str, process_id: str) -> str:
    """Show the sheet."""
    start = ask(PosterOf(policy_key, process_id))
    known = engine().settings.url
    path = url_for("public.form", policy_key=policy_key, process_id=process_id)
    address = (known or request.host_url.rstrip("/")) + path
    return render_template(
        "posters/page.html",
        start=start,
        address=address,
        code=code_of(address),
        is_known=known is not None,
    )


def code_of(address: str) -> Markup:
    """Return the code that telephones read *address* from, as a drawing."""
    drawing = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing,
        kind="svg",
        scale=8,
        border=4,
        xmldecl=False,
        svgclass="code",
        omitsize=True,
    )
    return Markup(drawing.getvalue().decode())
