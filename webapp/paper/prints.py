"""The forms of the house, filled in: as pages that look like paper, and as PDF."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from engine.model import Unavailable
from engine.queries.cases.prints import CasePrint, Photo, PrintedForm
from webapp.forms.uploads import PICTURES, smaller
from webapp.shell.gate import ask, engine
from webapp.shell.speech import current_language, speak

pages = Blueprint("prints", __name__, url_prefix="/cases/<int:case_id>/prints")

STYLESHEET = Path(__file__).resolve().parent.parent / "static" / "paper.css"
ON_PAPER = (1400, 1400)  #: Pixels of a photo; a whole page has no use for more.

MakePdf = Callable[[list[str], list[str], dict[str, bytes]], bytes]


@pages.get("/<print_id>")
def page(case_id: int, print_id: str) -> str:
    """Show a print, all its copies or one of them."""
    printed = _asked_for(case_id, print_id)
    return render_template("prints/page.html", form=printed, photo_address=_address)


@pages.get("/<print_id>/pdf")
def pdf(case_id: int, print_id: str) -> Response:
    """Send a print as PDF, made of the same sheets by the same stylesheet."""
    return pdf_of(_asked_for(case_id, print_id), is_saved="save" in request.args)


def pdf_of(printed: PrintedForm, *, is_saved: bool = True) -> Response:
    """Return a print as a PDF to be saved, or to be looked at."""
    make = _pdf_maker()
    sheets = [
        render_template(
            "prints/sheet.html", form=printed, copy=copy, photo_address=_supplied
        )
        for copy in printed.copies
    ]
    made = make(sheets, [STYLESHEET.read_text("utf-8"), _page_numbers()], _photos(printed))
    return send_file(
        BytesIO(made),
        mimetype="application/pdf",
        as_attachment=is_saved,
        download_name=f"{printed.title}-{printed.number or printed.case_number}.pdf",
        max_age=0,
    )


def install(app: Flask) -> None:
    """Give the templates the address of the paper's stylesheet."""
    app.jinja_env.globals["paper_stylesheet"] = lambda: url_for(
        "static", filename=STYLESHEET.name, v=_version()
    )
    app.jinja_env.tests["picture"] = is_picture


def is_picture(photo: Photo) -> bool:
    """Tell whether a file can be shown on paper."""
    return photo.media_type in PICTURES.values()


def _asked_for(case_id: int, print_id: str) -> PrintedForm:
    copy = request.args.get("copy", type=int)
    return ask(CasePrint(case_id, print_id, current_language(), copy))


def _pdf_maker() -> MakePdf:
    """Return what makes PDF, loaded when it is first asked for.

    Raises:
        Unavailable: If the machine has not what it asks for.
    """
    try:
        return cast("MakePdf", import_module("webapp.paper.pdf").make_pdf)
    except OSError as error:
        raise Unavailable(
            "Expected the system library Pango to make a PDF, but this machine has none."
            " Print the page with your browser, and let whoever runs the machine install"
            " libpango-1.0-0 and libpangoft2-1.0-0."
        ) from error


def _photos(printed: PrintedForm) -> dict[str, bytes]:
    files = engine().database.holdings.files
    return {
        _supplied(photo): smaller(files.read(photo.digest), ON_PAPER)
        for section in printed.sections
        for photo in section.photos
        if is_picture(photo) and files.has(photo.digest)
    }


def _supplied(photo: Photo) -> str:
    return f"photo:{photo.digest}"


def _address(photo: Photo) -> str:
    return url_for("documents.content", document_id=photo.document)


def _page_numbers() -> str:
    """Return the words around the page numbers; browsers write their own."""
    around = str(speak("Page {page} of {pages}", page="\0", pages="\1"))
    words = around.replace("\\", "\\\\").replace('"', '\\"')
    numbered = words.replace("\0", '" counter(page) "').replace("\1", '" counter(pages) "')
    return f'@page {{ @bottom-right {{ content: "{numbered}" }} }}'


@cache
def _version() -> str:
    return sha256(STYLESHEET.read_bytes()).hexdigest()[:8]
