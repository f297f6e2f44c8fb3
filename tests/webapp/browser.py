"""A browser without scripts: it keeps cookies, sends forms, and reads pages."""

from typing import Any

from flask import Flask
from lxml import html
from werkzeug.test import TestResponse


class Page:
    """What came back."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.location = response.headers.get("Location")
        self.content = response.get_data()
        self.source = self.content.decode("utf-8", "replace")
        response.close()

    @property
    def text(self) -> str:
        """All text of the page, with single spaces."""
        return " ".join(html.fromstring(self.source).text_content().split())

    def texts(self, path: str) -> list[str]:
        """Return the text of every element at an XPath."""
        return [
            found if isinstance(found, str) else " ".join(found.text_content().split())
            for found in html.fromstring(self.source).xpath(path)
        ]

    def said(self) -> str:
        """Return the line that says what was done."""
        return " ".join(self.texts("//*[contains(@class, 'said')]"))


class Browser:
    """One browser, with its cookies."""

    def __init__(self, app: Flask, token: str | None = None) -> None:
        self.client = app.test_client()
        if token is not None:
            self.client.set_cookie("login", token)

    def get(self, path: str, **more: Any) -> Page:
        return Page(self.client.get(path, **more))

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> Page:
        return Page(self.client.post(path, data=data or {}, **more))

    def send(self, path: str, data: dict[str, Any] | None = None) -> Page:
        """Post a form and go where the answer leads."""
        return Page(self.client.post(path, data=data or {}, follow_redirects=True))
