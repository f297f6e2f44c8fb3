"""The clauses of a policy: what carries each out, on the diagrams, and what proves it."""

from flask import Blueprint, render_template, request

from engine.model import Sentence
from engine.queries.policies.clauses import OneClause, PolicyClauses
from webapp.shell.drawing import draw_cited
from webapp.shell.gate import ask

pages = Blueprint("clauses", __name__, url_prefix="/policies/<key>/clauses")
KINDS: dict[str, Sentence] = {
    "rule": Sentence("rule"),
    "role": Sentence("role"),
    "deadline": Sentence("deadline"),
    "flow": Sentence("flow"),
    "form": Sentence("form"),
    "notify": Sentence("notify"),
    "record": Sentence("record"),
    "report": Sentence("report"),
    "access": Sentence("access"),
    "guide": Sentence("guide"),
}
CARRIERS: dict[str, Sentence] = {
    "element": Sentence("Steps of the diagrams"),
    "rule": Sentence("Rules of the tables"),
    "form": Sentence("Fields of the forms"),
    "letter": Sentence("Letters"),
    "guide": Sentence("Guides"),
    "print": Sentence("Prints"),
    "role": Sentence("Roles"),
    "setting": Sentence("Settings of the policy"),
}


#: What people call the sections of policy.toml.
SECTIONS: dict[str, Sentence] = {
    "setting": Sentence("Setting"),
    "case": Sentence("About the case"),
    "start": Sentence("Start"),
    "public": Sentence("For customers"),
    "ledger": Sentence("Ledger"),
    "ledger.column": Sentence("Column of the ledger"),
    "statistics": Sentence("Statistics"),
    "report": Sentence("Report"),
    "confidential": Sentence("Confidentiality"),
    "retention": Sentence("Retention"),
    "routing": Sentence("Ways to pass a task on"),
}


@pages.get("/")
def page(key: str) -> str:
    """List the clauses of a policy."""
    view = ask(PolicyClauses(key, _version()))
    kind = request.args.get("kind", "")
    return render_template(
        "clauses/page.html",
        view=view,
        clauses=[each for each in view.clauses if kind in ("", each.kind)],
        kind=kind,
        kinds=KINDS,
        carriers=CARRIERS,
        sections=SECTIONS,
    )


@pages.get("/<clause_id>")
def clause(key: str, clause_id: str) -> str:
    """Show a clause where it stands on the diagrams."""
    view = ask(OneClause(key, clause_id, _version()))
    return render_template(
        "clauses/clause.html",
        view=view,
        kinds=KINDS,
        carriers=CARRIERS,
        sections=SECTIONS,
        drawings=[
            (drawing, draw_cited(drawing.source, drawing.process_id, drawing.elements))
            for drawing in view.drawings
        ],
    )


def _version() -> int | None:
    return request.args.get("version", type=int)
