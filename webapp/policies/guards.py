"""Rules of a policy that no scenario guards, and trying that out."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.policies.mutations import BeginMutations
from engine.model import DeploymentId, Sentence
from engine.queries.policies.mutations import PolicyGuards
from webapp.shell.apart import refuse_alone, start_apart
from webapp.shell.gate import ask, run
from webapp.shell.messages import say_done

pages = Blueprint("guards", __name__, url_prefix="/policies/<key>/guards")
KINDS: dict[str, Sentence] = {
    "deadline": Sentence("deadline"),
    "condition": Sentence("condition"),
    "table cell": Sentence("table cell"),
    "candidate group": Sentence("candidate group"),
    "required field": Sentence("required field"),
    "default flow": Sentence("default flow"),
    "notification": Sentence("notification"),
    "safeguard": Sentence("safeguard"),
}


@pages.get("/")
def page(key: str) -> str:
    """Show what the latest run found."""
    return render_template(
        "guards/page.html", view=ask(PolicyGuards(key, _version())), kinds=KINDS
    )


@pages.post("/")
def begin(key: str) -> Response:
    """Begin a run over the version that is shown."""
    deployment = ask(PolicyGuards(key, _version())).deployment
    refuse_alone()
    run_id = run(BeginMutations(DeploymentId(deployment.id)))
    start_apart("engine.cli.mutation_run", str(run_id))
    say_done("The run has begun. It may take some minutes; this page shows how far it is.")
    return redirect(url_for("guards.page", key=key, version=deployment.number), code=303)


def _version() -> int | None:
    return request.args.get("version", type=int)
