from engine.model import SYSTEM
from engine.queries.people.tokens import HolderOf
from engine.store.models import ApiToken
from tests.engine.commands.knowing import rows


def make(browser, address="/account/tokens", **fields):
    return browser.post(address, {"name": "订单系统", "scopes": ["intake"]} | fields)


def test_the_new_token_is_shown_once(engine, lin, deployed):
    page = make(lin)

    [token] = page.texts("//*[contains(@class, 'said')]//code")
    assert engine.ask(HolderOf(token), by=SYSTEM).actor.login == "lin"
    later = lin.get("/account/tokens")
    assert "订单系统" in later.text
    assert token not in later.source


def test_it_has_a_name_and_a_use(lin, deployed):
    page = lin.post("/account/tokens", {})

    assert page.status == 422
    assert page.texts("//*[@id='wrong-name']")
    assert page.texts("//*[@id='wrong-scopes']") == ["请至少勾选一项令牌的用途。"]


def test_one_ends_ones_own(engine, lin, deployed):
    make(lin)
    [row] = rows(engine, ApiToken)

    page = lin.send(f"/account/tokens/{row.id}/end")

    assert "已停用" in page.said()
    assert "没有其他系统" in page.text


def test_administrators_see_make_and_end_all(engine, root, deployed):
    page = make(root, "/people/tokens", login="lin")

    assert page.texts("//*[contains(@class, 'said')]//code")
    assert "林文员" in page.text
    [row] = rows(engine, ApiToken)
    assert "已停用" in root.send(f"/people/tokens/{row.id}/end").text
    assert "没有其他系统" in root.get("/account/tokens").text


def test_the_person_it_acts_for_exists(root, deployed):
    page = make(root, "/people/tokens", login="none")

    assert page.status == 422
    assert page.texts("//*[@id='wrong-login']")


def test_nobody_else_sees_all(lin, deployed):
    assert lin.get("/people/tokens").status == 403
    assert make(lin, "/people/tokens", login="zhao").status == 403


def test_the_account_leads_there(lin, deployed):
    assert "我的接口令牌" in lin.get("/account/").text
