from engine.store.models import LoginSession
from tests.engine.commands.knowing import rows


def test_it_ends_the_session_on_the_server(engine, lin):
    token = lin.client.get_cookie("login").value

    assert lin.post("/sign-out").location == "/sign-in"

    lin.client.set_cookie("login", token)
    assert lin.get("/").status == 302
    [ended] = rows(engine, LoginSession, LoginSession.ended_at.is_not(None))
    assert ended.agent == "test"


def test_it_does_not_mind_a_stranger(stranger):
    assert stranger.post("/sign-out").location == "/sign-in"


def test_it_only_allows_post(lin):
    assert lin.get("/sign-out").status == 405
