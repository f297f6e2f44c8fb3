"""For whoever watches over the installation: is it well, and how busy is it."""

import ipaddress

from flask import Blueprint, Response, abort, g, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from webapp.database import answers
from webapp.shell.visitors import public

pages = Blueprint("health", __name__)


@pages.get("/health")
@public
def health() -> tuple[str, int]:
    """Say whether pages can be served: the database answers."""
    return ("well", 200) if answers() else ("the database does not answer", 503)


@pages.get("/metrics")
@public
def metrics() -> Response:
    """Give the counts to a collector on this machine, or to operations."""
    if not (_is_near() or _operates()):
        abort(404)
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _is_near() -> bool:
    return ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback


def _operates() -> bool:
    actor = g.visitor.actor
    return actor is not None and "operate" in actor.rights
