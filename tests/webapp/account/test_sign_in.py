import pytest

from tests.people import PASSWORD


def sign_in(browser, password=PASSWORD, **more):
    return browser.post("/sign-in", {"login": "lin", "password": password, **more})


def test_it_leads_to_the_worklist(stranger):
    page = sign_in(stranger)

    assert (page.status, page.location) == (303, "/")
    assert stranger.get("/").status == 200


def test_it_leads_where_the_person_wanted_to_go(stranger):
    assert sign_in(stranger, next="/cases/?q=1").location == "/cases/?q=1"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "x"]
)
def test_it_leads_to_no_other_site(stranger, elsewhere):
    assert sign_in(stranger, next=elsewhere).location == "/"


def test_it_hides_the_token_from_scripts(stranger):
    page = sign_in(stranger)

    cookie = page.response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_it_guards_the_cookie_over_https(stranger):
    page = stranger.post(
        "/sign-in", {"login": "lin", "password": PASSWORD}, base_url="https://localhost"
    )

    assert page.response.headers["Set-Cookie"].startswith("__Host-login=")
    assert "Secure" in page.response.headers["Set-Cookie"]


def test_it_keeps_the_login_after_a_wrong_password(stranger):
    page = sign_in(stranger, password="guessed-it")

    assert page.status == 403
    assert page.texts("//input[@name='login']/@value") == ["lin"]
    assert "guessed-it" not in page.source
    assert stranger.get("/").status == 302


def test_it_makes_whoever_guesses_wait(stranger):
    for _ in range(6):
        sign_in(stranger, password="guessed-it")

    assert sign_in(stranger).status == 403  # Though the password is right now.
    assert stranger.get("/").status == 302


def test_it_gives_back_what_was_typed_before(stranger):
    page = sign_in(stranger, next="/cases/1/comments", **{"kept:text": "很重要"})

    assert page.texts("//textarea[@name='text']") == ["很重要"]
    assert page.texts("//form[@action='/cases/1/comments']//button")
