"""What tests of pages start from: an app on a database in memory, and browsers."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from engine.commands.cases.lifecycle import StartCase
from engine.commands.people.accounts import SetPassword
from engine.commands.people.sessions import LogIn
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import SYSTEM, Actor, CaseId, TaskId
from engine.policy import Bundle, Library
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.database import Database
from engine.store.files import FileStore
from engine.store.holdings import Holdings
from tests import people
from tests.conftest import BUNDLES, StandingClock
from tests.engine.commands.conftest import ENTERED, FOUND, waiting
from tests.people import PASSWORD
from tests.webapp.browser import Browser
from webapp import create_app
from webapp.operations import health


@dataclass(frozen=True)
class Beginnings:
    """Databases made once and copied for each test, since hashing passwords is slow."""

    library: Library
    settled: bytes  #: Everybody has a password and is signed in.
    deployed: bytes  #: And the small policy is deployed.
    tokens: dict[str, str]  #: By login.


@pytest.fixture(scope="session")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beginnings]:
    library = Library()
    engine = _engine(library, StandingClock(), tmp_path_factory.mktemp("beginnings"))
    engine.migrate()
    people.settle(engine)
    tokens = {}
    for login in people.LOGINS:
        person = people.actor(engine, login)
        engine.run(SetPassword(person.person_id, PASSWORD), by=SYSTEM)
        log_in = LogIn(login, PASSWORD, "10.0.0.1", "test")
        tokens[login] = engine.run(log_in, by=SYSTEM).token
    settled = _connection(engine).serialize()
    minimal = Bundle.from_folders(BUNDLES, "minimal")
    engine.run(DeployBundle(minimal), by=people.actor(engine, "root"))
    yield Beginnings(library, settled, _connection(engine).serialize(), tokens)
    engine.close()


@pytest.fixture
def engine(
    beginnings: Beginnings, clock: StandingClock, tmp_path: Path
) -> Iterator[Engine]:
    """An engine with the people of the tests; pages need no second kind of database."""
    engine = _engine(beginnings.library, clock, tmp_path)
    _connection(engine).deserialize(beginnings.settled)
    yield engine
    engine.close()


@pytest.fixture
def deployed(beginnings: Beginnings, engine: Engine) -> Engine:
    """An engine on which the small policy is deployed."""
    _connection(engine).deserialize(beginnings.deployed)
    return engine


@pytest.fixture(scope="session")
def one_app(
    beginnings: Beginnings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The app that all tests share, since reading its templates takes a while."""
    folder = tmp_path_factory.mktemp("app")
    engine = _engine(beginnings.library, StandingClock(), folder)
    yield create_app(engine, engine.settings)
    engine.close()


@pytest.fixture
def app(one_app: Flask, engine: Engine, tmp_path: Path) -> Iterator[Flask]:
    """The app over the engine of this test."""
    before = dict(one_app.config)
    one_app.extensions["engine"] = engine
    health.install(one_app)
    one_app.config.update(
        TESTING=True,
        THUMBNAILS=tmp_path / "thumbnails",
        WTF_CSRF_ENABLED=False,  # tests/webapp/shell/test_tokens.py has it on.
    )
    yield one_app
    one_app.config.update(before)


@pytest.fixture
def stranger(app: Flask) -> Browser:
    """A browser in which nobody is signed in."""
    return Browser(app)


@pytest.fixture
def browser(app: Flask, beginnings: Beginnings) -> Callable[[str], Browser]:
    """Open a browser in which one of the people is signed in, always in one session."""
    return lambda login: Browser(app, beginnings.tokens[login])


@pytest.fixture
def lin(browser: Callable[[str], Browser]) -> Browser:
    """The browser of the clerk."""
    return browser("lin")


@pytest.fixture
def root(browser: Callable[[str], Browser]) -> Browser:
    """The browser of who administers, deploys and operates."""
    return browser("root")


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


def _engine(library: Library, clock: StandingClock, folder: Path) -> Engine:
    files = FileStore(folder / "files")
    database = Database("sqlite://", Holdings(files=files, library=library))
    settings = Settings("sqlite://", files=folder / "files", policies=BUNDLES)
    return Engine(settings, clock, database)


def _connection(engine: Engine) -> sqlite3.Connection:
    with closing(engine.database.connections.raw_connection()) as pooled:
        return pooled.driver_connection
