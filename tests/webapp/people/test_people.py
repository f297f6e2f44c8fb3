import pytest

from engine.store.models import LoginSession, Membership, Person
from tests.engine.commands.knowing import rows
from tests.people import PASSWORD, actor

NEW = {"name": "新来的", "login": "Xin", "email": "xin@example.com", "password": PASSWORD}


@pytest.fixture
def wu(engine):
    return f"/people/{actor(engine, 'wu').person_id}"


def test_they_are_listed_with_roles_and_rights(root, deployed):
    page = root.get("/people/")

    assert "赵主管" in page.text
    assert "主管 · 北区营业所" in page.text
    assert "管理人员、单位和设置" in page.text


def test_they_are_found(root, deployed):
    def found(query):
        return root.get("/people/" + query).texts("//td[contains(@class, 'first')]")

    assert found("?q=赵") == ["赵主管"]
    assert found("?q=LIN") == ["林文员"]
    assert found("?role=head") == ["钱主管", "赵主管"]
    assert found("?state=inactive") == []


def test_somebody_is_let_in(engine, root):
    page = root.send("/people/new", NEW | {"rights": ["audit"]})

    assert "新来的 现在可以登录" in page.said()
    person = rows(engine, Person, Person.login == "xin")[0]
    assert (person.rights, person.email) == (["audit"], "xin@example.com")


def test_what_is_wrong_stands_at_its_field(root):
    page = root.post("/people/new", NEW | {"login": "x y", "password": "short"})

    assert page.status == 422
    assert page.texts("//*[@id='wrong-login']")
    assert page.texts("//*[@id='wrong-password']")
    assert page.texts("//input[@name='name']/@value") == ["新来的"]
    assert "short" not in page.source


def test_a_login_that_is_taken_is_refused(root):
    page = root.post("/people/new", NEW | {"login": "lin"})

    assert page.status == 409
    assert "林文员" in page.texts("//*[@id='wrong-login']")[0]


def test_somebody_is_changed(engine, root, wu):
    sent = {"name": "吴新名", "email": "", "active": "1", "rights": ["operate", "root"]}

    root.send(wu, sent)

    person = rows(engine, Person, Person.login == "wu")[0]
    assert (person.name, person.rights, person.active) == ("吴新名", ["operate"], True)


def test_whoever_is_made_inactive_is_signed_out(engine, root, browser, wu):
    other = browser("wu")

    root.send(wu, {"name": "吴旁人"})

    assert other.get("/").status == 302
    assert not rows(engine, Person, Person.login == "wu")[0].active


def test_the_last_administrator_stays(engine, root):
    page = root.post(
        f"/people/{actor(engine, 'root').person_id}", {"name": "管理员", "active": "1"}
    )

    assert page.status == 409


def test_a_password_is_reset_and_sessions_end(root, browser, wu):
    other = browser("wu")

    root.send(wu + "/password", {"password": "another good one"})

    assert other.get("/").status == 302


def test_a_weak_password_is_refused(root, wu):
    assert root.post(wu + "/password", {"password": "1"}).status == 422


def test_roles_are_granted_and_revoked(engine, root, wu, deployed):
    role = {"role": "head", "unit": "south"}

    root.send(wu + "/roles", role)
    granted = rows(engine, Membership, Membership.role == "head")
    root.send(wu + "/roles/revoke", role)

    assert len(granted) == 3
    assert len(rows(engine, Membership, Membership.role == "head")) == 2


def test_a_role_that_is_none_is_refused(root, wu):
    assert root.post(wu + "/roles", {"role": "no role!"}).status == 422
    assert root.post(wu + "/roles/revoke", {"role": "head"}).status == 404


@pytest.mark.parametrize("path", ["/people/", "/people/new", "/people/1"])
def test_it_is_for_administrators_alone(lin, path):
    # Everybody may look at themselves, but that is the account page's to show.
    assert lin.get(path).status == (200 if path == "/people/1" else 403)


@pytest.mark.parametrize("path", ["/people/new", "/people/2", "/people/2/password"])
def test_nobody_else_changes_people(engine, lin, path):
    before = len(rows(engine, Person))

    assert lin.post(path, NEW).status == 403
    assert len(rows(engine, Person)) == before


def test_sessions_are_untouched_by_a_change_of_name(engine, root, browser, wu):
    other = browser("wu")

    root.send(wu, {"name": "吴新名", "active": "1"})

    assert other.get("/").status == 200
    assert rows(engine, LoginSession, LoginSession.ended_at.is_not(None)) == []
