from pathlib import Path

from engine.runtime import Engine
from engine.settings import Settings
from webapp import create_app


def test_it_is_well_while_the_database_answers(stranger):
    page = stranger.get("/health")

    assert (page.status, page.source) == (200, "well")


def test_it_is_not_well_without_a_database(tmp_path: Path) -> None:
    file = tmp_path / "complaintflow.db"
    settings = Settings(f"sqlite:///{file}", tmp_path / "files", tmp_path, secret="x" * 32)
    engine = Engine(settings)
    engine.migrate()
    app = create_app(engine, settings)
    engine.close()
    file.write_bytes(b"no database" * 1000)

    assert app.test_client().get("/health").status_code == 503


def test_a_collector_on_this_machine_gets_the_counts(stranger):
    stranger.get("/sign-in")

    page = stranger.get("/metrics")

    assert 'complaintflow_requests_total{page="sign_in.form"' in page.source


def test_others_get_no_counts(stranger, root):
    far = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}

    assert stranger.get("/metrics", **far).status == 404
    assert root.get("/metrics", **far).status == 200
