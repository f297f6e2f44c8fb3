"""Counts requests and how long they take, by page, for a collector to fetch."""

from time import perf_counter

from flask import Flask, g, request
from prometheus_client import Counter, Histogram
from werkzeug.wrappers import Response

_REQUESTS = Counter(
    "complaintflow_requests_total", "Requests answered.", ["page", "status"]
)
_SECONDS = Histogram("complaintflow_request_seconds", "Time to answer.", ["page"])


def install(app: Flask) -> None:
    """Count every request of *app*, from the moment at which tracing began."""
    app.after_request(_count)


def _count(response: Response) -> Response:
    page = request.endpoint or "none"
    _REQUESTS.labels(page, response.status_code).inc()
    _SECONDS.labels(page).observe(perf_counter() - g.began)
    return response
