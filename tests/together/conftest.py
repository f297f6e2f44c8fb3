"""Installations and processes for the races."""

from collections.abc import Iterator

import pytest

from tests.together.house import Builder, House
from tests.together.racers import Racers
from tests.together.rapids import rapids


@pytest.fixture(scope="session")
def builders() -> dict[str, Builder]:
    return {}


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def house(
    request: pytest.FixtureRequest,
    builders: dict[str, Builder],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    """An installation of its own, once on each kind of database."""
    kind = request.param
    if kind not in builders:
        server = (
            request.getfixturevalue("postgres_server") if kind == "postgresql" else None
        )
        builders[kind] = Builder(tmp_path_factory.mktemp(kind), server)
    with builders[kind].house(rapids) as house:
        yield house


@pytest.fixture(scope="session")
def pair() -> Iterator[Racers]:
    """Two processes, for all races."""
    racers = Racers(2)
    yield racers
    racers.close()
