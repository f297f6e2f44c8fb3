import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.cli.session import Session
from engine.model import SYSTEM, BundleInvalid, EngineError
from engine.queries.operations.installation import InstallationState
from engine.runtime import Engine
from engine.settings import Settings
from tests.conftest import BUNDLES
from tests.webapp.browser import Browser
from webapp.demo import PASSWORD
from webapp.serve import ADMIN_PASSWORD, Address, refuse_demo_outside, serve
from webapp.shell import assets

GOOD = "correct horse battery"


class Served(list):
    """What waitress was asked to serve."""

    def __call__(self, app, **options):
        self.append((app, options))


@pytest.fixture
def served(monkeypatch):
    """Let waitress take note instead of serving, and pretend that there is a bundle."""
    served = Served()
    monkeypatch.setattr("webapp.serve.waitress.serve", served)
    monkeypatch.setattr(assets, "_manifest", lambda: {"app.js": "app.js"})
    return served


@pytest.fixture
def session(tmp_path: Path) -> Session:
    policies = tmp_path / "policies"
    shutil.copytree(BUNDLES, policies)
    url = f"sqlite:///{tmp_path / 'var' / 'test.db'}"
    return Session("en", Settings(url, tmp_path / "var" / "files", policies))


def call(session: Session, *arguments: str, **more: str) -> Result:
    return CliRunner().invoke(
        serve, ["--no-worker", *arguments], obj=session, env=more, catch_exceptions=True
    )


def state(session: Session):
    engine = Engine(session.settings)
    try:
        return engine.ask(InstallationState(), by=SYSTEM)
    finally:
        engine.close()


def test_the_first_administrator_comes_from_the_environment(session, served):
    result = call(session, **{ADMIN_PASSWORD: GOOD})

    assert result.exit_code == 0
    assert state(session).logins == {"admin"}
    assert "http://127.0.0.1:8080/" in result.output


def test_the_first_administrator_is_asked_for_a_password(session, served):
    result = CliRunner().invoke(
        serve, ["--no-worker"], obj=session, input=f"{GOOD}\n{GOOD}\n"
    )

    assert result.exit_code == 0
    assert state(session).has_administrator


def test_a_weak_first_password_is_refused(session, served):
    result = call(session, **{ADMIN_PASSWORD: "1"})

    assert isinstance(result.exception, EngineError)
    assert served == []


def test_it_asks_only_once(session, served):
    call(session, **{ADMIN_PASSWORD: GOOD})

    result = call(session)

    assert result.exit_code == 0
    assert len(served) == 2


def test_without_demo_there_are_no_demo_people_and_no_policies(session, served):
    call(session, **{ADMIN_PASSWORD: GOOD})

    held = state(session)
    assert (held.demo_logins, held.policies) == (frozenset(), frozenset())


def test_demo_loads_people_and_deploys_what_is_shipped(session, served):
    result = call(session, "--demo", **{ADMIN_PASSWORD: GOOD})

    held = state(session)
    assert {"lin", "zhao", "qian"} <= held.demo_logins
    assert held.policies == {"minimal"}
    assert PASSWORD in result.output
    assert "lin" in result.output


def test_demo_again_keeps_what_is_there(session, served):
    call(session, "--demo", **{ADMIN_PASSWORD: GOOD})
    before = state(session)

    assert call(session, "--demo").exit_code == 0
    assert state(session) == before


def test_demo_people_can_sign_in(session, served):
    call(session, "--demo", **{ADMIN_PASSWORD: GOOD})
    app, _ = served[0]
    app.config["WTF_CSRF_ENABLED"] = False

    page = Browser(app).post("/sign-in", {"login": "lin", "password": PASSWORD})

    assert page.location == "/"


def test_demo_people_are_not_served_to_other_machines(session, served):
    call(session, "--demo", **{ADMIN_PASSWORD: GOOD})

    later = call(session, "--host", "0.0.0.0")
    at_once = call(session, "--demo", "--host", "192.0.2.1")

    assert isinstance(later.exception, EngineError)
    assert isinstance(at_once.exception, EngineError)
    assert len(served) == 1


def test_without_demo_people_any_address_is_served(session, served):
    result = call(session, "--host", "0.0.0.0", **{ADMIN_PASSWORD: GOOD})

    assert result.exit_code == 0
    assert served[0][1]["host"] == "0.0.0.0"


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_this_machine_has_several_names(host):
    refuse_demo_outside(Address(host, 80, None), demo_exists=True)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "example.org", "10.0.0.1"])
def test_other_machines_reach_these(host):
    with pytest.raises(EngineError):
        refuse_demo_outside(Address(host, 80, None), demo_exists=True)


def test_a_proxy_in_front_lets_other_machines_in():
    with pytest.raises(EngineError):
        refuse_demo_outside(Address("127.0.0.1", 80, "127.0.0.1"), demo_exists=True)


def test_a_proxy_is_believed_only_where_it_is_named(session, served):
    call(session, **{ADMIN_PASSWORD: GOOD})
    call(session, "--proxy", "127.0.0.1")

    assert "trusted_proxy" not in served[0][1]
    assert served[1][1]["trusted_proxy"] == "127.0.0.1"


def test_it_refuses_to_serve_without_a_front_end(session, served, monkeypatch):
    monkeypatch.setattr(assets, "_manifest", lambda: {})

    result = call(session, **{ADMIN_PASSWORD: GOOD})

    assert isinstance(result.exception, EngineError)
    assert served == []


def test_the_worker_runs_beside_the_pages(session, served, monkeypatch):
    result = CliRunner().invoke(
        serve, [], obj=session, env={ADMIN_PASSWORD: GOOD}, catch_exceptions=False
    )

    assert result.exit_code == 0


def test_what_is_wrong_with_a_shipped_policy_is_printed(session, served):
    roles = session.settings.policies / "processes" / "minimal" / "roles.toml"
    roles.write_text(roles.read_text("utf-8").replace("[clerk]", "[klerk]"), "utf-8")

    result = call(session, "--demo", **{ADMIN_PASSWORD: GOOD})

    assert isinstance(result.exception, BundleInvalid)
    assert "klerk" in result.output or "clerk" in result.output
    assert served == []


def test_several_processes_are_handed_one_socket(session, served, monkeypatch):
    begun = []

    class Noted:
        def __init__(self, listener, arguments, count, *, worker):
            begun.append((listener.getsockname()[0], arguments[-2:], count, worker))
            listener.close()

        def run(self):
            pass

    monkeypatch.setattr("webapp.serve.Processes", Noted)

    result = call(session, "--processes", "2", "--port", "0", **{ADMIN_PASSWORD: GOOD})

    assert result.exit_code == 0
    assert begun == [("127.0.0.1", ["--processes", "1"], 2, False)]
    assert served == []
