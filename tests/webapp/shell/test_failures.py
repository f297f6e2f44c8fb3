import pytest

from webapp.shell import security


def test_there_is_a_page_for_what_does_not_exist(lin):
    page = lin.get("/nowhere")

    assert page.status == 404
    assert page.texts("//h1") == ["未找到"]


def test_a_refusal_is_its_sentence_in_the_readers_language(lin):
    page = lin.get("/cases/99")

    assert page.status == 404
    assert "99" in page.text
    assert "Expected" not in page.text


def test_the_wrong_method_has_a_page(lin):
    assert lin.post("/cases/1").status == 405


def test_too_much_at_once_has_a_page(lin, app, monkeypatch):
    app.config["MAX_CONTENT_LENGTH"] = 10

    page = lin.post("/cases/1/comments", {"text": "x" * 100})

    assert page.status == 413
    assert page.texts("//h1") == ["内容过大"]


def test_a_bug_has_a_page_that_keeps_what_was_typed(lin, app, case_id, monkeypatch):
    app.testing = False
    monkeypatch.setattr("webapp.cases.screens.run", lambda command: 1 / 0)

    page = lin.post(f"/cases/{case_id}/comments", {"text": "请尽快"})

    assert page.status == 500
    assert page.texts("//textarea[@name='text']") == ["请尽快"]
    assert "ZeroDivisionError" not in page.source


def test_a_script_gets_the_sentence_alone(lin):
    page = lin.get("/cases/99", headers={"HX-Request": "true"})

    assert page.status == 404
    assert "<" not in page.source


def test_a_stranger_sees_error_pages_too(stranger):
    assert stranger.get("/nowhere").status == 404


def test_the_limit_leaves_room_for_photos():
    assert security.LARGEST_REQUEST >= 10 * 20_000_000


@pytest.mark.parametrize("login", ["lin", "wu"])
def test_pages_for_others_are_refused(browser, login):
    for path in ("/people/", "/units/", "/operations/", "/policies/upload"):
        assert browser(login).get(path).status == 403
