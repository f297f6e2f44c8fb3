"""What tests of pages start from: an app on a database in memory, and browsers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from engine.commands.cases import StartCase
from engine.commands.deployments import DeployBundle
from engine.commands.tasks import CompleteTask
from engine.model import Actor, CaseId, TaskId
from engine.policy import Bundle
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.database import Database
from engine.store.files import FileStore
from engine.store.holdings import Holdings
from tests import people
from tests.conftest import BUNDLES, StandingClock
from tests.engine.commands.conftest import ENTERED, FOUND, waiting
from tests.webapp.browser import Browser
from webapp import create_app


@pytest.fixture
def engine(clock: StandingClock, tmp_path: Path) -> Iterator[Engine]:
    """An engine with the people of the tests; pages need no second kind of database."""
    database = Database("sqlite://", Holdings(files=FileStore(tmp_path / "files")))
    database.migrate()
    settings = Settings("sqlite://", files=tmp_path / "files", policies=BUNDLES)
    engine = Engine(settings, clock, database)
    people.settle(engine)
    yield engine
    engine.close()


@pytest.fixture
def app(engine: Engine) -> Flask:
    app = create_app(engine, engine.settings)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False  # tests/webapp/shell/test_tokens.py has it on.
    return app


@pytest.fixture
def stranger(app: Flask) -> Browser:
    """A browser in which nobody is signed in."""
    return Browser(app)


@pytest.fixture
def browser(app: Flask, engine: Engine) -> Callable[[str], Browser]:
    """Open a browser in which one of the people is signed in."""
    return lambda login: Browser(app).signed_in(engine, login)


@pytest.fixture
def lin(browser: Callable[[str], Browser]) -> Browser:
    """The browser of the clerk."""
    return browser("lin")


@pytest.fixture
def root(browser: Callable[[str], Browser]) -> Browser:
    """The browser of who administers, deploys and operates."""
    return browser("root")


@pytest.fixture
def deployed(engine: Engine, minimal: Bundle, who: Callable[[str], Actor]) -> Engine:
    """An engine on which the small policy is deployed."""
    engine.run(DeployBundle(minimal), by=who("root"))
    return engine


@pytest.fixture
def case_id(deployed: Engine, who: Callable[[str], Actor]) -> CaseId:
    """A case of the north that waits to be investigated by a clerk."""
    return deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))


@pytest.fixture
def investigate(deployed: Engine, case_id: CaseId) -> TaskId:
    """The task of the clerk."""
    return waiting(deployed, "investigate")


@pytest.fixture
def approve(deployed: Engine, investigate: TaskId, who: Callable[[str], Actor]) -> TaskId:
    """The task of the head of the north, after the clerk did hers."""
    deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))
    return waiting(deployed, "approve")
