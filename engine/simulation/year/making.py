"""Makes the cases of one policy, in a database and a process of its own."""

import gc
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from engine.commands.jobs.schedules import plan
from engine.model import SYSTEM
from engine.policy.parts import read_parts
from engine.runtime import Engine
from engine.simulation.cast import Cast
from engine.simulation.clock import SimulatedClock
from engine.simulation.year import scratch
from engine.simulation.year.desk import Desk
from engine.simulation.year.entering import Entering
from engine.simulation.year.office import Office
from engine.simulation.year.pace import Pace
from engine.simulation.year.scripts import repertoire
from engine.simulation.year.staff import Staff

_GARBAGE = 100_000  #: New objects after which Python looks for garbage among them.


@dataclass(frozen=True, slots=True)
class Order:
    """What one process is to make."""

    policy: str
    number: int  #: Its place among all.
    folder: Path  #: With the ground, and where everything goes.
    base: int  #: The numbers of its rows begin here.
    seed: int
    begin: datetime
    end: datetime
    secret: str | None
    cast: Cast

    @property
    def ground(self) -> Path:
        """The database that all begin with."""
        return self.folder / "ground.db"

    @property
    def files(self) -> Path:
        """The documents of all."""
        return self.folder / "files"

    @property
    def part(self) -> Path:
        """The database that comes of it."""
        return self.folder / f"part-{self.number}.db"

    @property
    def stop(self) -> Path:
        """The file that tells all to stop, by being there."""
        return self.folder / "stop"

    @property
    def told(self) -> Path:
        """The file that says how far it is: a share of 1, and a number of cases."""
        return self.folder / f"part-{self.number}.told"


def make(order: Order) -> int:
    """Let the year of one policy pass, and return how many cases it has."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE)  # There is little, and looking for it takes long.
    clock = SimulatedClock(order.begin)
    engine = scratch.empty_scratch(clock, order.files, order.secret, order.policy)
    scratch.fill(engine, order.ground, order.base)
    office = Office(_desk(order, engine, clock), (order.begin, order.end))
    office.run(lambda share, cases: _tell(order, share, cases))
    scratch.save(engine, order.part)
    engine.close()
    return office.cases


class Stopped(Exception):
    """Whoever ordered it does not want it any more."""


def _tell(order: Order, share: float, cases: int) -> None:
    if order.stop.exists():
        raise Stopped
    unfinished = order.told.with_suffix(".part")
    unfinished.write_text(f"{share:.4f} {cases}")
    unfinished.replace(order.told)  # Who looks sees all of it, or what was there before.


def _desk(order: Order, engine: Engine, clock: SimulatedClock) -> Desk:
    with engine.database.writing(order.begin, SYSTEM) as tx:
        active = tx.policy(order.policy).active_deployment_id
        assert active is not None
        policy = tx.loaded(active)
        plan(tx, policy)
    parts = read_parts(policy.bundle)
    chance = Random(f"{order.policy}/{order.seed}")
    demo = policy.settings.demo
    return Desk(
        engine=engine,
        clock=clock,
        policy=policy,
        staff=Staff(engine, order.cast, demo.units),
        repertoire=repertoire(parts),
        entering=Entering(parts, order.seed),
        pace=Pace(policy.calendar, demo.late, chance, demo.late_units),
        chance=chance,
    )
