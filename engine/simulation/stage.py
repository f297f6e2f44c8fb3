"""Sets up a policy with its people once, and plays scenarios on copies of that."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from engine.commands.policies.deployments import DeployBundle
from engine.model import SYSTEM, Sentence
from engine.policy.bundle import Bundle
from engine.policy.loaded import Library, LoadedPolicy, load_parts
from engine.policy.parts import Parts, read_parts
from engine.policy.scenario import Scenario
from engine.queries.progress.trace import CaseWay
from engine.runtime import Engine
from engine.settings import Settings
from engine.simulation.cast import Cast
from engine.simulation.clock import SimulatedClock
from engine.simulation.company import bring_in
from engine.simulation.outcome import Outcome
from engine.simulation.pausing import Pages, Pause, Pausing, Standing
from engine.simulation.player import Player
from engine.store.database import Database
from engine.store.files import FileStore
from engine.store.holdings import Holdings

_BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)


class Stage:
    """A deployed policy and its people; each scenario begins from the same state.

    One scenario is played at a time.

    Args:
        bundle: The policy.
        cast: The people and units.
        checked: Whether a bundle with findings that refuse it is refused; where not, all
            that can be read is played.
        parts: What the bundle says, for who read it already.
        thorough: Whether a scenario is played on after the first difference.

    Raises:
        BundleInvalid: If the bundle cannot be deployed.
    """

    def __init__(
        self,
        bundle: Bundle,
        cast: Cast,
        *,
        checked: bool = True,
        parts: Parts | None = None,
        thorough: bool = True,
    ) -> None:
        parts = read_parts(bundle) if parts is None else parts
        self._library = Library()
        self._cast = cast
        self._thorough = thorough
        self._scenarios = parts.scenarios
        self.policy = self._library.keep(load_parts(parts))
        self._deployed = bundle.digest
        self._pages = Pages()
        self._folder = TemporaryDirectory(prefix="complaintflow-")
        self._clock = SimulatedClock(_BEFORE_ALL)
        self._engine = _opened(Path(self._folder.name), self._clock, self._library)
        try:
            self._state = self._set_up(bundle, checked)
        except Exception:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take the database and the files of the scenarios away."""
        self._engine.close()
        self._folder.cleanup()

    def replace(self, policy: LoadedPolicy) -> None:
        """Play by *policy* from now on, as if it had been deployed in the first place."""
        self.policy = self._library.replace(self._deployed, policy)

    def play(self, scenario: Scenario, pausing: Pausing | None = None) -> Outcome:
        """Return what comes of *scenario*, after the cases that were there before it.

        *pausing* is called before each of its steps.
        """
        _connection(self._engine).deserialize(self._state)
        self._clock.set(_BEFORE_ALL)
        for earlier in (self._scenarios.get(each) for each in scenario.before):
            if earlier is None:
                continue  # Told by the check.
            outcome = self._play_on(earlier)
            if not outcome.passed:
                what = Sentence(
                    "Before it, {scenario} did not go as written: {reason}",
                    {"scenario": earlier.name, "reason": outcome.differences[0]},
                )
                return Outcome(scenario.id, scenario.name, (what,))
        return self._play_on(scenario, pausing)

    def rehearse(self, scenario: Scenario) -> tuple[Pause, ...]:
        """Play *scenario*, and return it as it stands before each of its steps."""
        pauses = []

        def pausing(standing: Standing) -> None:
            way = self._engine.ask(CaseWay(standing.case), by=SYSTEM)
            pauses.append(
                Pause(
                    standing,
                    flows=way.flows.union(*(each.flows for each in standing.left)),
                    rules=way.rules.union(*(each.rules for each in standing.left)),
                    pages=self._pages.of(_connection(self._engine).serialize()),
                )
            )

        self.play(scenario, pausing)
        return tuple(pauses)

    def resume(self, scenario: Scenario, pause: Pause) -> Outcome:
        """Return what comes of *scenario* from a pause on."""
        _connection(self._engine).deserialize(b"".join(pause.pages))
        return self._player().resume(scenario, pause.standing)

    def _play_on(self, scenario: Scenario, pausing: Pausing | None = None) -> Outcome:
        """Return what comes of *scenario* among the cases that are there."""
        if scenario.start < self._clock.now():
            what = Sentence(
                "Expected it to begin after what was there before it, but that goes on "
                "until {moment}.",
                {"moment": self._local_now()},
            )
            return Outcome(scenario.id, scenario.name, (what,))
        self._clock.set(scenario.start)
        return self._player().play(scenario, pausing)

    def _player(self) -> Player:
        return Player(
            self._engine, self._clock, self.policy, self._cast, thorough=self._thorough
        )

    def _local_now(self) -> str:
        zone = self.policy.calendar.zone
        return self._clock.now().astimezone(zone).isoformat(timespec="minutes")

    def _set_up(self, bundle: Bundle, checked: bool) -> bytes:
        _connection(self._engine).deserialize(_settled(self._cast))
        if checked:
            self._engine.run(DeployBundle(bundle), by=SYSTEM)
        else:
            with self._engine.database.writing(_BEFORE_ALL, SYSTEM) as tx:
                DeployBundle(bundle, findings=()).run(tx)
        return bytes(_connection(self._engine).serialize())


@cache
def _settled(cast: Cast) -> bytes:
    """Return a database with the people and units of *cast* and nothing else."""
    with TemporaryDirectory(prefix="complaintflow-") as folder:
        engine = _opened(Path(folder), SimulatedClock(_BEFORE_ALL), Library())
        engine.database.migrate()
        bring_in(engine, cast)
        settled = bytes(_connection(engine).serialize())
        engine.close()
    return settled


def _opened(folder: Path, clock: SimulatedClock, library: Library) -> Engine:
    settings = Settings("sqlite://", folder, Path())
    holdings = Holdings(
        files=FileStore(settings.files), library=library, secret="simulated"
    )
    return Engine(settings, clock, Database("sqlite://", holdings))


def _connection(engine: Engine) -> sqlite3.Connection:
    """Return the one connection that a database in memory has."""
    with closing(engine.database.connections.raw_connection()) as pooled:
        connection = pooled.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection
