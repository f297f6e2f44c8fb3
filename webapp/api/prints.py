"""The forms of the house, filled in with what a case knows, as PDF."""

from typing import Annotated

import msgspec
from msgspec import Meta
from werkzeug.wrappers import Response

from engine.model import Sentence
from engine.queries.cases.prints import CasePrint, CasePrints
from webapp.api.declaring import about, operation
from webapp.paper.prints import pdf_of
from webapp.shell.gate import ask
from webapp.shell.speech import current_language


class CopyTold(msgspec.Struct, frozen=True):
    """One of the copies of a print."""

    number: int
    note: Annotated[str, about("Who keeps it; empty for a print without copies")]


class PrintTold(msgspec.Struct, frozen=True):
    """A print that can be fetched now."""

    id: str
    title: str
    copies: list[CopyTold]


class PrintAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which copies are asked for."""

    copy: Annotated[
        Annotated[int, Meta(ge=1, le=99)] | None, about("Only the one with this number")
    ] = None


@operation(
    "GET",
    "/cases/{case_id}/prints",
    Sentence("List the prints of a case that can be fetched now"),
    scopes=("cases",),
)
def list_prints(case_id: int) -> list[PrintTold]:
    """Return them with their copies."""
    return [
        PrintTold(
            each.id, each.title, [CopyTold(copy.number, copy.note) for copy in each.copies]
        )
        for each in ask(CasePrints(case_id, current_language()))
    ]


@operation(
    "GET",
    "/cases/{case_id}/prints/{print_id}",
    Sentence("Fetch a print of a case as PDF"),
    scopes=("cases",),
    gives=("application/pdf",),
)
def fetch_print(case_id: int, print_id: str, query: PrintAsked) -> Response:
    """Return all its copies, or one of them."""
    return pdf_of(ask(CasePrint(case_id, print_id, current_language(), query.copy)))
