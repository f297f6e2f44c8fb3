"""What holds for every address of the site, whoever adds one."""

import re

import pytest
from flask import Flask

_PLACES = {
    "key": "minimal",
    "policy_key": "minimal",
    "process_id": "complaint",
    "decision_id": "remedy",
    "form_id": "register",
}
#: Addresses that answer strangers; a new one is put here on purpose or not at all.
PUBLIC = {
    "static",
    "asset_file",
    "health.alive",
    "health.ready",
    "health.metrics",
    "sign_in.form",
    "sign_in.sign_in",
    "sign_in.sign_out",
    "sign_in.set_language",
    "public.choices",
    "public.form",
    "public.file_complaint",
    "public.file",
    "public.tracked",
    "public.answer",
    "public.survey",
}
#: Those that do nothing by a cookie; their forms carry seals, see tests/webapp/public.
COOKIELESS = {endpoint for endpoint in PUBLIC if endpoint.startswith("public.")}


def addresses(app: Flask, method: str, text: str | None = None) -> list[tuple[str, str]]:
    """Return endpoint and an address of every route that takes *method*."""
    return [
        (rule.endpoint, address_of(rule.rule, text))
        for rule in app.url_map.iter_rules()
        if method in rule.methods and not is_by_token(app, rule.endpoint)
    ]


def address_of(rule: str, text: str | None) -> str:
    """Return *rule* with number 1, and names that exist or *text* in their place."""
    numbered = re.sub(r"<int:\w+>", "1", rule)
    return re.sub(
        r"<(?:path:)?(\w+)>", lambda it: text or _PLACES.get(it[1], "x"), numbered
    )


def is_public(app: Flask, endpoint: str) -> bool:
    view = app.view_functions[endpoint]
    return endpoint == "static" or getattr(view, "is_public", False)


def is_by_token(app: Flask, endpoint: str) -> bool:
    return getattr(app.view_functions[endpoint], "is_by_token", False)


def test_only_the_interface_takes_tokens(app):
    """What holds for its addresses stands in tests/webapp/api."""
    found = {rule.endpoint for rule in app.url_map.iter_rules()}
    by_token = {endpoint for endpoint in found if is_by_token(app, endpoint)}

    assert {endpoint.partition(".")[0] for endpoint in by_token} == {"api", "reference"}
    assert by_token - {it for it in by_token if it[:4] == "api."} == {"reference.document"}


def test_nothing_is_public_by_accident(app):
    found = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert {endpoint for endpoint in found if is_public(app, endpoint)} == PUBLIC


def test_every_page_sends_strangers_to_the_sign_in(app, stranger, case_id):
    for endpoint, address in addresses(app, "GET"):
        if endpoint not in PUBLIC:
            page = stranger.get(address)
            assert (page.status, page.location[:8]) == (302, "/sign-in"), address


def test_every_form_refuses_strangers(app, stranger, case_id):
    for endpoint, address in addresses(app, "POST"):
        if endpoint not in PUBLIC:
            assert stranger.post(address).status == 401, address


def test_every_form_refuses_whoever_has_no_token(app, root, case_id):
    app.config["WTF_CSRF_ENABLED"] = True

    for endpoint, address in addresses(app, "POST"):
        if endpoint not in COOKIELESS:
            assert root.post(address).status == 400, address


def test_every_form_refuses_a_token_from_another_browser(app, root, stranger, case_id):
    app.config["WTF_CSRF_ENABLED"] = True
    token = stranger.get("/sign-in").texts("//input[@name='csrf_token']/@value")[0]

    for endpoint, address in addresses(app, "POST"):
        if endpoint not in COOKIELESS:
            assert root.post(address, {"csrf_token": token}).status == 400, address


def test_no_page_breaks_for_whoever_has_no_part_in_anything(app, browser, case_id):
    nobody = browser("wu")

    for _, address in addresses(app, "GET"):
        assert nobody.get(address).status in (200, 302, 403, 404), address


def test_no_form_breaks_when_it_comes_empty(app, browser, case_id):
    leaving = {"sign_in.sign_out", "account.end_session"}
    for login in ("wu", "lin", "root"):
        for endpoint, address in addresses(app, "POST"):
            if endpoint not in leaving:
                page = browser(login).post(address)
                assert page.status in (200, 303, 403, 404, 409, 422), address


@pytest.mark.parametrize("number", ["99", "2147483648", "9" * 30, "9" * 5000])
def test_no_page_breaks_at_a_number_that_nothing_has(app, root, case_id, number):
    for method, ask in (("GET", root.get), ("POST", root.post)):
        for _, address in addresses(app, method):
            wrong = address.replace("/1", f"/{number}")
            if wrong != address:
                assert ask(wrong).status == 404, wrong


@pytest.mark.parametrize("name", ["a%00b", "%ED%A0%80", "x" * 3000, "__class__", "%3Cb%3E"])
def test_no_page_breaks_at_a_name_that_nothing_has(app, root, case_id, name):
    for method, ask in (("GET", root.get), ("POST", root.post)):
        for endpoint, wrong in addresses(app, method, name):
            if name in wrong and endpoint not in PUBLIC:
                assert ask(wrong).status in (404, 422), wrong


@pytest.mark.parametrize(
    "value", ["a\0b", "9" * 30, "-1", "'; DROP TABLE person; --", "x" * 3000, "\udc80", "%"]
)
def test_no_list_breaks_at_odd_filters(app, root, case_id, value):
    names = (
        "q",
        "state",
        "policy",
        "unit",
        "role",
        "sort",
        "page",
        "kind",
        "version",
        "show",
    )
    odd = dict.fromkeys(names, value.encode("utf-8", "replace"))

    for _, address in addresses(app, "GET"):
        page = root.get(address, query_string=odd)
        assert page.status in (200, 302, 403, 404, 422), address


@pytest.mark.parametrize("login", ["root", "lin", "wu"])
def test_every_answer_has_the_headers_that_keep_strangers_out(app, browser, login, case_id):
    visitor = browser(login)

    for _, address in [*addresses(app, "GET"), ("", "/nowhere"), ("", "/static/none.css")]:
        headers = visitor.get(address).response.headers
        assert headers["X-Content-Type-Options"] == "nosniff", address
        assert headers["X-Frame-Options"] == "DENY", address
        assert "default-src" in headers["Content-Security-Policy"], address
        assert "unsafe-inline" not in headers["Content-Security-Policy"], address
