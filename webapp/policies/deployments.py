"""Policies: what is in force, its diagrams and tables, and deploying a new version."""

from io import BytesIO

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from engine.commands.policies.deployments import ActivateDeployment, DeployBundle
from engine.model import (
    BundleInvalid,
    DeploymentId,
    Finding,
    InvalidState,
    Sentence,
    Severity,
)
from engine.policy import Bundle, check
from engine.queries.customers.open_starts import PostersOf
from engine.queries.policies.deployments import (
    FormPreview,
    OnePolicy,
    OneVersion,
    PackedDeployment,
    Policies,
    ProcessDrawing,
)
from engine.queries.policies.tables import OneDecision
from engine.queries.showing.visibility import OnlyWith
from webapp.shell.drawing import draw_plain
from webapp.shell.gate import ask, run
from webapp.shell.messages import say_done
from webapp.shell.speech import current_language

pages = Blueprint("deployments", __name__, url_prefix="/policies")
LARGEST_ZIP = 50_000_000
SEVERITIES: dict[Severity, Sentence] = {
    "error": Sentence("error"),
    "warning": Sentence("warning"),
    "note": Sentence("note"),
}
_SEVERITIES = list(SEVERITIES)


@pages.get("/")
def page() -> str:
    """List the policies."""
    return render_template("deployments/page.html", policies=ask(Policies()))


@pages.get("/upload")
def upload_form() -> str:
    """Ask for a zip."""
    ask(OnlyWith("deploy"))
    return render_template("deployments/upload.html", findings=None, checked=None)


@pages.post("/upload")
def upload() -> Response | tuple[str, int]:
    """Check a zip, and deploy it if that was asked for and nothing is wrong."""
    ask(OnlyWith("deploy"))
    try:
        bundle = Bundle.from_zip(_uploaded())
        if "check" in request.form:
            return _findings(check(bundle), bundle.key, status=200)
        deployment_id = run(DeployBundle(bundle))
    except BundleInvalid as refusal:
        return _findings(refusal.findings, "", status=422)
    except InvalidState as refusal:
        page = render_template(
            "deployments/upload.html",
            findings=None,
            checked=None,
            refusal=refusal.sentence,
        )
        return page, 409
    return _to_deployment(deployment_id)


@pages.get("/<key>")
def policy(key: str) -> str:
    """Show a policy and one of its versions."""
    number = request.args.get("version", type=int)
    return render_template(
        "deployments/policy.html",
        policy=ask(OnePolicy(key, number)),
        severities=SEVERITIES,
        posters=ask(PostersOf(key)),
    )


@pages.get("/versions/<int:deployment_id>/processes/<process_id>")
def process(deployment_id: int, process_id: str) -> str:
    """Show the diagram of a process."""
    view = ask(ProcessDrawing(deployment_id, process_id))
    return render_template(
        "deployments/process.html",
        process=view,
        drawing=draw_plain(view.source, process_id),
    )


@pages.get("/versions/<int:deployment_id>/decisions/<decision_id>")
def decision(deployment_id: int, decision_id: str) -> str:
    """Show a decision table."""
    view = ask(OneDecision(deployment_id, decision_id))
    return render_template(
        "deployments/decision.html", table=view, deployment=ask(OneVersion(deployment_id))
    )


@pages.get("/versions/<int:deployment_id>/forms/<form_id>")
def form(deployment_id: int, form_id: str) -> str:
    """Show a form as those see it who fill it in."""
    view = ask(FormPreview(deployment_id, form_id, current_language()))
    return render_template(
        "deployments/form.html",
        form_id=form_id,
        form=view.form.layout({}, {}, view.context),
        deployment=ask(OneVersion(deployment_id)),
    )


@pages.get("/versions/<int:deployment_id>/zip")
def packed(deployment_id: int) -> Response:
    """Send a version as the zip that it can be deployed from again."""
    name, content = ask(PackedDeployment(deployment_id))
    return send_file(
        BytesIO(content), "application/zip", as_attachment=True, download_name=name
    )


@pages.post("/versions/<int:deployment_id>/activate")
def activate(deployment_id: int) -> Response:
    """Let new cases take this version."""
    run(ActivateDeployment(DeploymentId(deployment_id)))
    version = ask(OneVersion(deployment_id))
    say_done(
        "Version {number} is in force: new cases take it, open ones stay on theirs.",
        number=version.number,
    )
    return redirect(url_for("deployments.policy", key=version.policy_key), code=303)


def _uploaded() -> bytes:
    """Return the zip that was sent, no more of it than is looked at."""
    file = request.files.get("zip")
    return b"" if file is None else file.stream.read(LARGEST_ZIP + 1)


def _to_deployment(deployment_id: int) -> Response:
    version = ask(OneVersion(deployment_id))
    say_done(
        "Version {number} is deployed and in force: new cases take it, open ones stay on"
        " theirs.",
        number=version.number,
    )
    return redirect(url_for("deployments.policy", key=version.policy_key), code=303)


def _findings(
    findings: tuple[Finding, ...], checked: str, *, status: int
) -> tuple[str, int]:
    ordered = sorted(
        findings,
        key=lambda one: (_SEVERITIES.index(one.severity), one.file, one.line or 0),
    )
    page = render_template(
        "deployments/upload.html", findings=ordered, checked=checked, severities=SEVERITIES
    )
    return page, status
