"""Databases that many tests use one after the other, brought back to a kept state."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Generic, TypeVar

from engine.store.database import Database
from tests.postgres import Snapshot

State = TypeVar("State")


class Ground(ABC, Generic[State]):
    """A database whose states are kept by name; coming back to one takes milliseconds."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.database.migrate()
        self._states: dict[str, State] = {}

    def reach(self, name: str, way: Callable[[], object]) -> None:
        """Come to the state *name*, by *way* from the present one where it is not kept."""
        if name in self._states:
            self.load(self._states[name])
            return
        way()
        self._states[name] = self.save()

    @abstractmethod
    def save(self) -> State: ...

    @abstractmethod
    def load(self, state: State) -> None: ...


class SqliteGround(Ground[bytes]):
    """SQLite in memory; a state is an image of it."""

    def save(self) -> bytes:
        with self.database.connections.connect() as connection:
            return connection.connection.driver_connection.serialize()

    def load(self, state: bytes) -> None:
        with self.database.connections.connect() as connection:
            connection.connection.driver_connection.deserialize(state)


class PostgresGround(Ground[Snapshot]):
    """PostgreSQL; a state is the rows in it."""

    def save(self) -> Snapshot:
        return Snapshot(self.database.url)

    def load(self, state: Snapshot) -> None:
        state.restore()
