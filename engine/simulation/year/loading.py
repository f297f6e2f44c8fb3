"""Loads a year of made-up cases into an installation: all of it, or nothing."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.commands.operations.madeup import (
    BeginDemo,
    BeginRemoval,
    FailDemo,
    NoteDemo,
    RemoveDemo,
    TakeInDemo,
)
from engine.model import SYSTEM, Actor, EngineError, InvalidState, Sentence
from engine.queries.operations.demo import PolicyYear, YearsToMake
from engine.runtime import Engine
from engine.simulation.cast import Cast
from engine.simulation.clock import SimulatedClock
from engine.simulation.company import bring_in
from engine.simulation.processors import workers
from engine.simulation.year import scratch
from engine.simulation.year.making import Order, make
from engine.store.madeup.ground import free_base

_APART = 1_000_000  #: Between the numbers of the rows of two policies.
_LOOK = 0.5  #: Seconds between two looks at how far it is.
_NOTE = 3.0  #: Seconds between two notes of it for the pages.
_TAKING_IN = 0.93  #: When all cases are made, so much is done.


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is."""

    share: float  #: From 0 to 1.
    cases: int


Told = Callable[[Progress], None]


def load_year(
    engine: Engine,
    cast: Cast,
    *,
    seed: int,
    processors: int,
    begun: bool = False,
    by: Actor = SYSTEM,
    told: Told = lambda progress: None,
) -> int:
    """Make demo cases of the last twelve months, take them in, and return how many.

    Args:
        engine: Of the installation.
        cast: Who works in the office; who is missing comes along.
        seed: The same one makes the same cases out of the same policies and people.
        processors: How many processes make cases at the same time.
        begun: Whether it was noted already that this begins.
        by: An administrator.
        told: Is told how far it is.

    Raises:
        InvalidState: If there is demo data already, or no policy that it can be made of.
        Conflict: If it is being made just now.
    """
    if not begun:
        engine.run(BeginDemo(), by=by)
    try:
        years = _years(engine, cast)
        with TemporaryDirectory(prefix="complaintflow-year-") as folder:
            orders = _orders(engine, cast, Path(folder), years, seed)
            _make_all(engine, orders, processors, told)
            parts = tuple(str(order.part) for order in orders)
            take_in = TakeInDemo(str(orders[0].ground), parts, str(orders[0].files))
            cases = engine.run(take_in, by=by)
    except EngineError as error:
        engine.run(FailDemo(error.sentence), by=by)
        raise
    except BaseException:
        engine.run(FailDemo(Sentence("It was interrupted; load it once more.")), by=by)
        raise
    told(Progress(1.0, cases))
    return cases


def remove_year(engine: Engine, *, begun: bool = False, by: Actor = SYSTEM) -> None:
    """Remove all demo cases, with the files that nothing else needs.

    Raises:
        Conflict: If they are being made or removed just now.
    """
    if not begun:
        engine.run(BeginRemoval(), by=by)
    for digest in engine.run(RemoveDemo(), by=by):
        engine.database.holdings.files.path(digest).unlink(missing_ok=True)


def _years(engine: Engine, cast: Cast) -> Sequence[PolicyYear]:
    years = engine.ask(YearsToMake(), by=SYSTEM)
    if not years or not cast.people:
        raise InvalidState(
            "Expected a policy with scenarios, and demo people, but there is none; start"
            " with complaintflow serve --demo, or deploy a policy."
        )
    return years


def _orders(
    engine: Engine, cast: Cast, folder: Path, years: Sequence[PolicyYear], seed: int
) -> list[Order]:
    """Set up what all begin with, and return who makes what, the longest work first."""
    now = engine.clock.now()
    secret = engine.settings.secret
    with engine.database.reading(now, SYSTEM) as reading:
        base = free_base(reading)
        clock = SimulatedClock(min(year.begin for year in years))
        ground = scratch.empty_scratch(clock, folder / "files", secret, "ground")
        scratch.grounded(ground, reading, cast.logins, base)
    bring_in(ground, cast)
    scratch.save(ground, folder / "ground.db")
    ground.close()
    return [
        Order(
            policy=year.policy,
            number=number,
            folder=folder,
            base=base + _APART * (number + 1),
            seed=seed,
            begin=year.begin,
            end=now,
            secret=secret,
            cast=cast,
        )
        for number, year in enumerate(sorted(years, key=lambda year: -year.work))
    ]


def _make_all(engine: Engine, orders: Sequence[Order], processors: int, told: Told) -> None:
    notes = _Notes(engine, orders, told)
    if processors == 1:
        for order in orders:
            make(order)
            notes.tell()
        return
    with workers(processors) as pool:
        futures = [pool.submit(make, order) for order in orders]
        try:
            for _ in _while_at_work(futures):
                notes.tell()
        except BaseException:
            orders[0].stop.touch()
            pool.shutdown(cancel_futures=True)
            raise


def _while_at_work(futures: Sequence["Future[int]"]) -> Iterator[None]:
    while not all(future.done() for future in futures):
        for future in futures:
            if future.done():
                future.result()  # Raises what went wrong, without waiting for the others.
        yield
        time.sleep(_LOOK)
    for future in futures:
        future.result()


class _Notes:
    """Tells how far it is: to whoever waits, and now and then to the pages.

    Args:
        engine: Of the installation.
        orders: What is being made.
        told: Who waits.
    """

    def __init__(self, engine: Engine, orders: Sequence[Order], told: Told) -> None:
        self._engine, self._orders, self._told = engine, orders, told
        self._noted = time.monotonic()

    def tell(self) -> None:
        """Look how far all are, and tell it."""
        done = [_read(order) for order in self._orders]
        share = sum(each.share for each in done) / len(done) * _TAKING_IN
        progress = Progress(share, sum(each.cases for each in done))
        self._told(progress)
        if time.monotonic() - self._noted > _NOTE:
            self._noted = time.monotonic()
            note = NoteDemo(int(progress.share * 100), progress.cases)
            self._engine.run(note, by=SYSTEM)


def _read(order: Order) -> Progress:
    if not order.told.exists():
        return Progress(0, 0)
    share, _, cases = order.told.read_text().partition(" ")
    return Progress(float(share or 0), int(cases or 0))
