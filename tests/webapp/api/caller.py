"""Another system that calls the interface with a token."""

from collections.abc import Iterable
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from engine.commands.people.tokens import SCOPES, MakeToken
from engine.runtime import Engine
from tests.people import actor


class Caller:
    """Calls with the token of a person."""

    def __init__(self, app: Flask, token: str | None) -> None:
        self.client = app.test_client(use_cookies=False)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **more: Any) -> TestResponse:
        headers = {**self.headers, **more.pop("headers", {})}
        return self.client.get(f"/api/v1{path}", headers=headers, **more)

    def post(self, path: str, json: Any = None, **more: Any) -> TestResponse:
        return self.send("POST", path, json, **more)

    def put(self, path: str, json: Any = None, **more: Any) -> TestResponse:
        return self.send("PUT", path, json, **more)

    def delete(self, path: str, **more: Any) -> TestResponse:
        return self.send("DELETE", path, **more)

    def send(self, method: str, path: str, json: Any = None, **more: Any) -> TestResponse:
        headers = {**self.headers, **more.pop("headers", {})}
        if json is not None:
            more["json"] = json
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **more)


def token_of(engine: Engine, login: str, scopes: Iterable[str] = SCOPES) -> str:
    """Return a new token of one of the people."""
    command = MakeToken("测试系统", tuple(scopes))
    return engine.run(command, by=actor(engine, login)).token
