from datetime import timedelta

from engine.store.models import LoginSession
from tests.engine.commands.knowing import rows

TYPED = {"text": "请尽快", "password": "secret", "_command": "c1"}


def test_a_stranger_is_asked_to_sign_in_first(stranger):
    page = stranger.get("/cases/?q=水泵")

    assert page.status == 302
    assert page.location.startswith("/sign-in?next=/cases/")


def test_what_a_stranger_typed_travels_through_the_sign_in(stranger):
    page = stranger.post("/cases/1/comments", TYPED)

    assert page.status == 401
    assert page.texts("//input[@name='kept:text']/@value") == ["请尽快"]
    assert page.texts("//input[@name='kept:_command']/@value") == ["c1"]
    assert page.texts("//input[@name='next']/@value")[0] == "/cases/1/comments"


def test_a_password_is_never_kept(stranger):
    assert "secret" not in stranger.post("/cases/1/comments", TYPED).source


def test_what_another_site_sent_is_not_kept(stranger):
    page = stranger.post(
        "/cases/1/comments", TYPED, headers={"Origin": "https://evil.example"}
    )

    assert page.status == 401
    assert "请尽快" not in page.source


def test_a_script_is_told_to_sign_in(stranger):
    page = stranger.get("/", headers={"HX-Request": "true"})

    assert page.status == 401
    assert page.response.headers["HX-Redirect"].startswith("/sign-in")


def test_a_session_ends_after_half_a_day_without_a_page(lin, clock):
    clock.move(hours=13)

    assert lin.get("/").status == 302


def test_a_session_lives_on_while_pages_are_seen(engine, lin, clock):
    clock.move(hours=11)
    lin.get("/")
    clock.move(hours=11)

    assert lin.get("/").status == 200
    [session] = rows(engine, LoginSession, LoginSession.seen_at == clock.now())
    assert session.expires_at == clock.now() + timedelta(hours=12)


def test_an_unknown_token_is_a_stranger(stranger):
    stranger.client.set_cookie("login", "0" * 64)

    assert stranger.get("/").status == 302
