"""Lists and searches with a thousand and with a million open tasks."""

import math
import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing

from bench.crowd import CLERK, LEADERS, PASSWORD, add_people, fill
from bench.grounds import DATABASES, Person, ground, settle
from engine.model import SYSTEM, Actor
from engine.queries.search.cases import Cases
from engine.queries.tasks.worklist import WaitingCount, Worklist
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.connections import is_embedded
from webapp import create_app

ROWS = (1_000, 100_000, 1_000_000)
_TIMES = 15

Asked = Callable[[Engine], object]


def measure(rows: Sequence[int] = ROWS, databases: Sequence[str] = DATABASES) -> None:
    """Print what lists cost with so many open tasks, and the ratio to the first.

    Each number of tasks has a database of its own, and all are asked by turns: a machine
    that is slower for a while is slower for all of them.
    """
    print(
        "Lists and searches with many open tasks (fastest of 15; times what the first took)"
    )
    for name in databases:
        with ExitStack() as stack:
            filled = [_filled(name, count, stack) for count in rows]
            _print(name, rows, _by_turns(filled))


def _filled(name: str, count: int, stack: ExitStack) -> tuple[Engine, Mapping[str, Asked]]:
    """Return an engine on a database with so many open tasks, and what it is asked."""
    place = stack.enter_context(ground(name))
    engine = stack.enter_context(closing(Engine(place.settings)))
    engine.migrate()
    settle(engine, "first")
    add_people(engine)
    begun = time.perf_counter()
    fill(engine, count, engine.clock.now())
    seconds = time.perf_counter() - begun
    print(f"  {name}: {count:>9,} open tasks, filled in {seconds:.0f} s", flush=True)
    return engine, _asked(engine, place.settings)


def _asked(engine: Engine, settings: Settings) -> Mapping[str, Asked]:
    """Return what is measured, by the words of its line."""
    people = {
        "a clerk": _actor(engine, CLERK),
        "who leads all units": _actor(engine, LEADERS[0]),
        "an auditor": _actor(engine, "auditor"),
    }
    asked: dict[str, Asked] = {}
    for who, actor in people.items():
        asked |= {f"{what}, {who}": query for what, query in _queries(actor).items()}
    asked["the number in the top bar, a clerk"] = _ask(WaitingCount(), people["a clerk"])
    return asked | _pages(engine, settings)


def _queries(actor: Actor) -> Mapping[str, Asked]:
    return {
        "worklist: mine": _ask(Worklist("mine"), actor),
        "worklist: my groups'": _ask(Worklist("groups"), actor),
        "worklist: overdue": _ask(Worklist("overdue"), actor),
        "worklist: of one policy": _ask(Worklist("groups", policy="bench"), actor),
        "cases: newest": _ask(Cases(), actor),
        "cases: overdue": _ask(Cases(state="overdue"), actor),
        "cases: a number": _ask(Cases(text="B-2611-0000500"), actor),
        "cases: what all numbers begin with": _ask(Cases(text="B-2611"), actor),
        "cases: a customer's name": _ask(Cases(text="许像厠"), actor),
        "cases: a word in 1 of 64": _ask(Cases(text="油封漏油"), actor),
        "cases: a word in 1 of 8": _ask(Cases(text="退款"), actor),
    }


def _ask(query: object, actor: Actor) -> Asked:
    return lambda engine: engine.ask(query, by=actor)  # type: ignore[type-var, arg-type]


def _pages(engine: Engine, settings: Settings) -> Mapping[str, Asked]:
    """Return whole pages, from the request to the last byte, as a clerk gets them."""
    client = create_app(engine, settings).test_client()
    [token] = re.findall(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)[
        :1
    ]
    fields = {"csrf_token": token, "login": CLERK, "password": PASSWORD}
    client.post("/sign-in", data=fields)
    return {
        f"page {path}, a clerk": lambda _, path=path: client.get(path).text
        for path in ("/", "/?show=groups", "/cases/", "/cases/?q=B-2611-0000500")
    }


def _actor(engine: Engine, login: str) -> Actor:
    return engine.ask(Person(login), by=SYSTEM)


def _by_turns(
    filled: Sequence[tuple[Engine, Mapping[str, Asked]]],
) -> Sequence[Mapping[str, float]]:
    """Return the fastest of each question on each of the databases."""
    # SQLite works in this very process, whose own time is what it takes.
    is_inside = is_embedded(filled[0][0].database.url)
    clock = time.process_time if is_inside else time.perf_counter
    taken: list[dict[str, float]] = [{} for _ in filled]
    for what in filled[0][1]:
        for turn in range(_TIMES + 1):
            for found, (engine, asked) in zip(taken, filled, strict=True):
                begun = clock()
                asked[what](engine)
                if turn:  # What is asked for the first time is made ready.
                    # The machine does other things too; the fastest did only this.
                    found[what] = min(clock() - begun, found.get(what, math.inf))
    return taken


def _print(name: str, rows: Sequence[int], taken: Sequence[Mapping[str, float]]) -> None:
    print(f"  {name:<50}" + "".join(f"{count:>20,}" for count in rows))
    for what, first in taken[0].items():
        figures = "".join(
            f"{each[what] * 1000:>12.1f} ms {each[what] / first:>4.1f}" for each in taken
        )
        print(f"    {what:<48}{figures}", flush=True)
