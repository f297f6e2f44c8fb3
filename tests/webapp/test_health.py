def test_it_is_well_while_the_database_answers(stranger):
    page = stranger.get("/health")

    assert (page.status, page.source) == (200, "well")


def test_it_is_not_well_without_a_database(stranger, engine, monkeypatch):
    with engine.database.connections.begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version")
    monkeypatch.setattr(
        "webapp.health.text", lambda query: __import__("sqlalchemy").text("SELECT nothing")
    )

    assert stranger.get("/health").status == 503


def test_a_collector_on_this_machine_gets_the_counts(stranger):
    stranger.get("/sign-in")

    page = stranger.get("/metrics")

    assert 'complaintflow_requests_total{page="sign_in.form"' in page.source


def test_others_get_no_counts(stranger, root):
    far = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}

    assert stranger.get("/metrics", **far).status == 404
    assert root.get("/metrics", **far).status == 200
