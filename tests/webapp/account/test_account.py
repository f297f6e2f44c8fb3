import pytest

from engine.commands.people.sessions import LogIn
from engine.model import SYSTEM
from engine.store.models import LoginSession
from tests.engine.commands.knowing import rows
from tests.people import PASSWORD
from tests.webapp.browser import Browser

NEW = "an even better one"


def change(browser, **fields):
    sent = {"present": PASSWORD, "password": NEW, "again": NEW} | fields
    return browser.send("/account/password", sent)


def test_it_shows_who_one_is(browser, deployed):
    page = browser("zhao").get("/account/")

    assert "赵主管" in page.text
    assert "主管 · 北区营业所" in page.text


@pytest.fixture
def other(engine, app):
    """Another browser of the clerk's."""
    session = engine.run(LogIn("lin", PASSWORD, "10.0.0.2", "other"), by=SYSTEM)
    return Browser(app, session.token)


def test_the_password_is_changed_and_other_sessions_end(lin, other):
    assert "已生效" in change(lin).said()

    assert lin.get("/").status == 200
    assert other.get("/").status == 302


def test_a_wrong_present_password_is_refused(lin):
    page = change(lin, present="guessed-it")

    assert page.status == 422
    assert page.texts("//*[@id='wrong-present']")


def test_the_new_one_is_typed_twice(lin):
    page = change(lin, again="something else")

    assert page.status == 422
    assert page.texts("//*[@id='wrong-again']") == ["两次输入的新密码不一致。"]


def test_a_weak_one_is_refused_and_never_shown(lin):
    page = change(lin, password="zq9", again="zq9")

    assert page.status == 422
    assert page.texts("//*[@id='wrong-password']")
    assert "zq9" not in page.source


def test_another_session_is_ended(engine, lin, other):
    [session] = rows(engine, LoginSession, LoginSession.agent == "other")

    lin.post(f"/account/sessions/{session.id}/end")

    assert other.get("/").status == 302
    assert lin.get("/").status == 200


def test_nobody_ends_the_session_of_another(engine, browser, other):
    [session] = rows(engine, LoginSession, LoginSession.agent == "other")

    assert browser("zhao").post(f"/account/sessions/{session.id}/end").status == 404
    assert other.get("/").status == 200


def test_sessions_are_listed(lin):
    page = lin.get("/account/")

    assert "当前会话" in page.text
    assert "10.0.0.1" in page.text
