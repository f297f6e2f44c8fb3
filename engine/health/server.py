"""Answers a watchdog where no web pages are served: beside a worker."""

import json
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from engine.health.metrics import CONTENT_TYPE, Metrics
from engine.health.networks import watchers_of
from engine.health.readiness import Readiness
from engine.runtime import Engine

_Answer = tuple[HTTPStatus, str, bytes]
_NOT_THERE: _Answer = (HTTPStatus.NOT_FOUND, "text/plain", b"")


class HealthServer:
    """Serves ``/healthz``, ``/readyz`` and ``/metrics``, one request at a time.

    Args:
        engine: Of the installation.
        is_alive: Tells whether the process does its work.
        host: Where to listen.
        port: On which port; 0 takes a free one.
    """

    def __init__(
        self, engine: Engine, is_alive: Callable[[], bool], host: str, port: int
    ) -> None:
        self._is_alive = is_alive
        self._readiness = Readiness(engine)
        self._metrics = Metrics(engine)
        self._watchers = watchers_of(engine.settings)
        self._server = make_server(host, port, self._answer, handler_class=_Silent)
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="health", daemon=True
        )

    @property
    def port(self) -> int:
        """The port on which it listens."""
        return int(self._server.server_port)

    def start(self) -> None:
        """Begin to answer, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _answer(
        self, environ: dict[str, Any], start_response: Callable[..., object]
    ) -> Iterable[bytes]:
        status, kind, body = self._page(environ)
        headers = [("Content-Type", kind), ("Content-Length", str(len(body)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    def _page(self, environ: dict[str, Any]) -> _Answer:
        path = environ["PATH_INFO"]
        if path == "/healthz":
            return _said({"status": "pass" if self._is_alive() else "fail"})
        if path == "/readyz":
            return _said(self._readiness.report().as_json())
        if path == "/metrics" and ip_address(environ["REMOTE_ADDR"]) in self._watchers:
            return HTTPStatus.OK, CONTENT_TYPE, self._metrics.page()
        return _NOT_THERE


class _Silent(WSGIRequestHandler):
    timeout = 5  #: Seconds; who connects and says nothing keeps nobody else waiting.

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: a watchdog comes every few seconds."""


def _said(report: dict[str, Any]) -> _Answer:
    failed = report["status"] == "fail"
    status = HTTPStatus.SERVICE_UNAVAILABLE if failed else HTTPStatus.OK
    return status, "application/json", json.dumps(report).encode()
