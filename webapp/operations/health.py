"""For whoever watches over the installation: does it live, can it work, how busy is it."""

from http import HTTPStatus
from ipaddress import ip_address

from flask import Blueprint, Flask, Response, abort, current_app, g, jsonify, request

from engine.health import CONTENT_TYPE, Metrics, Readiness, watchers_of
from engine.worker import Worker
from webapp.shell.gate import engine
from webapp.shell.visitors import public

pages = Blueprint("health", __name__)
_Answer = tuple[Response, HTTPStatus]


@pages.get("/healthz")
@public
def alive() -> _Answer:
    """Say that this process lives, without asking anybody else."""
    worker: Worker | None = current_app.extensions.get("worker")
    return _said({"status": "pass" if worker is None or worker.is_alive else "fail"})


@pages.get("/readyz")
@public
def ready() -> _Answer:
    """Say whether it can work, and what each check found."""
    readiness: Readiness = current_app.extensions["readiness"]
    return _said(readiness.report().as_json())


@pages.get("/metrics")
@public
def metrics() -> Response:
    """Give the counts to a collector on a machine that may have them, or to operations."""
    near = ip_address(request.remote_addr or "0.0.0.0") in watchers_of(engine().settings)
    if not (near or _operates()):
        abort(404)
    counts: Metrics = current_app.extensions["metrics"]
    return Response(counts.page(), content_type=CONTENT_TYPE)


def install(app: Flask) -> None:
    """Let *app* tell how its engine is; what one engine is asked is kept for it."""
    app.extensions["readiness"] = Readiness(app.extensions["engine"])
    app.extensions["metrics"] = Metrics(app.extensions["engine"])


def _said(report: dict[str, object]) -> _Answer:
    failed = report["status"] == "fail"
    return jsonify(report), HTTPStatus.SERVICE_UNAVAILABLE if failed else HTTPStatus.OK


def _operates() -> bool:
    actor = g.visitor.actor
    return actor is not None and "operate" in actor.rights
