from engine.store.models import LoginSession
from tests.engine.commands.knowing import rows
from tests.people import PASSWORD

NEW = "an even better one"


def change(browser, **fields):
    sent = {"present": PASSWORD, "password": NEW, "again": NEW} | fields
    return browser.send("/account/password", sent)


def test_it_shows_who_one_is(browser, deployed):
    page = browser("zhao").get("/account/")

    assert "赵主管" in page.text
    assert "主管 · 北区营业所" in page.text


def test_the_password_is_changed_and_other_sessions_end(lin, browser):
    other = browser("lin")

    assert "已生效" in change(other).said()

    assert other.get("/").status == 200
    assert lin.get("/").status == 302


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


def test_another_session_is_ended(engine, lin, browser):
    other = browser("lin")
    # Setting a password for the second browser has ended the first one's session.
    third = browser("root")
    number = rows(engine, LoginSession)[-1].id

    assert other.post(f"/account/sessions/{number}/end").status == 404
    assert third.get("/").status == 200
    own = rows(engine, LoginSession)[-2].id
    other.post(f"/account/sessions/{own}/end")
    assert other.get("/").status == 302


def test_sessions_are_listed(lin):
    page = lin.get("/account/")

    assert "当前会话" in page.text
    assert "10.0.0.1" in page.text
