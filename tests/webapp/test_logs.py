"""What a served request leaves in the log: ids by which it is found, and nobody's data."""

import json
import logging
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlencode

import pytest
import structlog
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from engine.model import SYSTEM
from engine.runtime import Engine
from engine.watch import set_up_logs
from tests.engine.commands.conftest import ENTERED
from webapp import create_app
from webapp.shell.gate import engine as served_engine
from webapp.shell.visitors import public

PERSONAL = (*ENTERED.values(), "林", "lin", "密封圈破损")


@dataclass(frozen=True)
class Broken:
    """A command with a bug, whose exception quotes what a customer entered."""

    def run(self, tx: object) -> None:
        raise ValueError(f"No branch for {ENTERED['customerName']}.")


class Silent(WSGIRequestHandler):
    """A server without a log of its own, such as waitress."""

    def log_request(self, *_: object) -> None:
        pass


class Log:
    """Standard error, line by line."""

    def __init__(self, captured: pytest.CaptureFixture[str]) -> None:
        self._captured = captured
        self._read = ""

    @property
    def text(self) -> str:
        self._read += self._captured.readouterr().err
        return self._read

    def lines(self, event: str) -> list[dict[str, Any]]:
        said = [json.loads(line) for line in self.text.splitlines()]
        return [line for line in said if line["event"] == event]


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Iterator[Log]:
    root, hook = logging.getLogger(), threading.excepthook
    before = root.handlers[:], root.level
    set_up_logs()
    yield Log(capsys)
    structlog.reset_defaults()
    threading.excepthook = hook
    root.handlers[:], root.level = before


@pytest.fixture
def app(engine: Engine) -> Flask:
    app = create_app(engine, engine.settings)
    app.config["WTF_CSRF_ENABLED"] = False
    view = public(lambda: served_engine().run(Broken(), by=SYSTEM))
    app.add_url_rule("/broken", "broken", view)
    return app


@pytest.fixture
def server(app: Flask, log: Log) -> Iterator[HTTPConnection]:
    """A connection to a real server."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.05))
    thread.start()
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    yield connection
    connection.close()
    server.shutdown()
    thread.join()
    server.server_close()


def complete(server: HTTPConnection, token: str, task: int, **headers: str) -> HTTPResponse:
    """Complete a task as a browser does, and read the answer to its end."""
    typed = {"fault": "quality", "findings": "密封圈破损", "_command": "c" * 32}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    headers["Cookie"] = f"login={token}"
    server.request("POST", f"/tasks/{task}/complete", urlencode(typed), headers)
    answer = server.getresponse()
    answer.read()
    return answer


def test_a_completed_task_is_found_by_any_of_its_ids(server, log, beginnings, investigate):
    answer = complete(server, beginnings.tokens["lin"], investigate)

    [line] = [line for line in log.lines("command") if line["command"] == "CompleteTask"]
    assert answer.status == 303
    assert line["request"] == answer.headers["X-Request-ID"]
    assert (line["command_id"], line["outcome"]) == ("c" * 32, "done")
    assert (line["case"], line["deployment"]) == (1, 1)
    assert re.fullmatch(r"[A-Z]+-\d{4}-\d{4}", line["number"])
    assert isinstance(line["actor"], int)
    assert line["ms"] > 0
    [request] = log.lines("request")
    assert (
        request.items()
        >= {
            "page": "tasks.complete",
            "status": 303,
            "request": line["request"],
            "case": 1,
            "actor": line["actor"],
        }.items()
    )


def test_nothing_that_people_entered_stands_in_it(server, log, beginnings, investigate):
    complete(server, beginnings.tokens["lin"], investigate)
    complete(server, beginnings.tokens["lin"], investigate)
    server.request("GET", "/cases/?" + urlencode({"q": ENTERED["customerName"]}))
    server.getresponse().read()
    server.request("GET", "/broken")
    server.getresponse().read()

    said = log.text
    assert len(log.lines("request")) == 4
    assert not [word for word in PERSONAL if re.search(rf"\b{re.escape(word)}\b", said)]


def test_a_request_keeps_the_id_that_a_proxy_gave_it(server, log, beginnings, investigate):
    given = {"X-Request-ID": "edge-0123456789"}

    answer = complete(server, beginnings.tokens["lin"], investigate, **given)

    assert answer.headers["X-Request-ID"] == "edge-0123456789"
    assert log.lines("request")[0]["request"] == "edge-0123456789"


@pytest.mark.parametrize("given", ["short", "x" * 65, "a b c d e f", 'a"b;<script>'])
def test_other_ids_are_not_repeated(server, given):
    server.request("GET", "/sign-in", headers={"X-Request-ID": given})
    answer = server.getresponse()
    answer.read()

    assert re.fullmatch("[0-9a-f]{12}", answer.headers["X-Request-ID"])


def test_a_bug_is_logged_once_and_its_page_says_what_to_quote(server, log):
    server.request("GET", "/broken")
    answer = server.getresponse()
    page = answer.read().decode()

    [line] = log.lines("page_failed")
    assert answer.status == 500
    assert line["request"] == answer.headers["X-Request-ID"]
    assert line["request"] in page
    assert (line["command"], line["actor"]) == ("Broken", "system")
    assert "ValueError" in line["exception"]
    assert "test_logs.py" in line["exception"]
    assert log.text.count("not logged") == 1


def test_a_refusal_is_logged_by_its_template(server, log, beginnings, investigate):
    complete(server, beginnings.tokens["lin"], 99999)

    [line] = log.lines("refused")
    assert line["reason"] == "Expected to find task {task}, but there is none."


def test_libraries_log_the_same_way(log):
    logging.getLogger("procrastinate").warning("Slow today.")

    [line] = log.lines("Slow today.")
    assert (line["logger"], line["level"]) == ("procrastinate", "warning")
