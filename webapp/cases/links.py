"""Giving the customer of a case a new link; it is shown once, to be handed on."""

from flask import Blueprint, render_template, request, url_for

from engine.commands.cases.links import IssueLink
from engine.model import SYSTEM, CaseId
from engine.queries.cases.file import CaseFile
from engine.queries.customers.links import LinkToken
from webapp.shell.gate import ask, engine, run
from webapp.shell.speech import current_language

pages = Blueprint("links", __name__, url_prefix="/cases")


@pages.post("/<int:case_id>/link")
def issue(case_id: int) -> str:
    """Make the link and show it; whoever had the one before cannot use it any more."""
    run(IssueLink(CaseId(case_id)))
    head = ask(CaseFile(case_id, current_language())).head
    token = engine().ask(LinkToken(case_id), by=SYSTEM)
    site = engine().settings.url or request.host_url.rstrip("/")
    address = site + url_for("public.tracked", token=token)
    return render_template("cases/new_link.html", head=head, address=address)
