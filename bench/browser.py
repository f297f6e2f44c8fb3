"""A person at a browser, as little of one as a server can tell: cookies, tokens, forms."""

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import uuid4

from engine.model import Json

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said."""

    status: int
    text: str


class Browser:
    """One connection that stays open, and the cookies that came over it."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}
        self._token = ""

    def sign_in(self, login: str, password: str) -> None:
        """Log in as a person does, with the token of the page."""
        self._learn_token(self.get("/sign-in"))
        fields = {"csrf_token": self._token, "login": login, "password": password}
        answer = self._send("/sign-in", fields)
        if answer.status != http.HTTPStatus.SEE_OTHER:
            raise RuntimeError(f"Expected to sign in, but got {answer.status}.")

    def open_task(self, task_id: int) -> Answer:
        """Look at a task; its form gives the token that the next one is sent with."""
        answer = self.get(f"/tasks/{task_id}")
        self._learn_token(answer)
        return answer

    def complete(self, task_id: int, values: Mapping[str, Json]) -> Answer:
        """Send the form of a task; what it would say on the next page is let go."""
        fields = {"csrf_token": self._token, "_command": uuid4().hex, **values}
        kept = dict(self._cookies)
        answer = self._send(f"/tasks/{task_id}/complete", fields)
        self._cookies = kept
        return answer

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _send(self, path: str, fields: Mapping[str, Json]) -> Answer:
        return self._ask("POST", path, urlencode(fields).encode())

    def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies} | ({} if body is None else _FORM)
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        for line in response.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value
        return Answer(response.status, text)

    def _learn_token(self, answer: Answer) -> None:
        found = _TOKEN.search(answer.text)
        if found is None:
            raise RuntimeError(f"Expected a form, but got {answer.status}.")
        self._token = found[1]
