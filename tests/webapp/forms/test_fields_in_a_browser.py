"""What scripts add to a form: it follows what is entered, and loses nothing of it."""

from collections.abc import Iterator

import pytest
from flask import Flask, Response, render_template_string, request
from playwright.sync_api import Browser, Page

from tests.engine.forms.build import KINDS, PHOTO, a_form, around, field
from tests.serving import served
from webapp.forms.fields import install, read_sent
from webapp.shell import speech
from webapp.shell.security import POLICY

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="en"><title>Form</title>
<script type="module" src="/fields.js"></script>
{% from "fields/form.html" import fields %}
<form method="post" enctype="multipart/form-data" novalidate>{{ fields(view) }}
<button name="_action" value="complete">Complete</button></form></html>"""
FORM = a_form(
    field("textfield", "name", label="Name"),
    field("select", "kind", label="Kind", values=KINDS),
    field("textfield", "why", label="Why", conditional={"hide": '=kind != "service"'}),
    field("filepicker", "photos", label="Photos", multiple=True),
    field("textarea", "story", label="Story"),
)


def an_app() -> Flask:
    app = Flask("webapp", static_folder=None)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    speech.install(app)
    install(app, lambda document, small=False: "/documents/7")

    @app.route("/", methods=["GET", "POST"])
    def page() -> Response:
        values = {}
        if request.method == "POST":
            keep = lambda upload: PHOTO | {"name": upload.filename}  # noqa: E731
            values = read_sent(FORM, request, keep=keep, known=lambda numbers: []).values
        view = FORM.layout(values, {}, around())
        answer = Response(render_template_string(PAGE, view=view))
        answer.headers["Content-Security-Policy"] = POLICY
        return answer

    @app.get("/fields.js")
    def script() -> Response:
        with app.open_resource("frontend/src/fields.js") as file:
            return Response(file.read(), mimetype="text/javascript")

    return app


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(an_app()) as address:
        yield f"{address}/"


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    page = chromium.new_page()
    page.goto(address)
    yield page
    page.close()


def test_a_form_follows_what_is_entered_and_loses_nothing(page: Page) -> None:
    page.fill("#f-name", "Zhang")
    page.set_input_files(
        "#f-photos", {"name": "new.jpg", "mimeType": "image/jpeg", "buffer": b"x"}
    )
    page.focus("#f-kind")

    page.select_option("#f-kind", "service")
    page.wait_for_selector("#f-why")

    assert page.input_value("#f-name") == "Zhang"
    assert page.evaluate("document.querySelector('#f-photos').files[0].name") == "new.jpg"
    assert page.evaluate("document.activeElement.id") == "f-kind"

    page.fill("#f-why", "rude")
    page.select_option("#f-kind", "quality")
    page.wait_for_selector("#f-why", state="detached")
    page.select_option("#f-kind", "service")
    page.wait_for_selector("#f-why")

    assert page.input_value("#f-why") == "rude"


def test_what_is_typed_meanwhile_is_not_overwritten(page: Page) -> None:
    page.select_option("#f-kind", "service")
    page.focus("#f-story")
    page.keyboard.type("A long story that is still being typed", delay=15)
    page.wait_for_selector("#f-why", state="attached", timeout=3000)

    assert page.input_value("#f-story") == "A long story that is still being typed"


def test_enter_sends_nothing_off(page: Page) -> None:
    page.fill("#f-name", "Zhang")

    with page.expect_navigation():
        page.press("#f-name", "Enter")

    assert page.input_value("#f-name") == "Zhang"
