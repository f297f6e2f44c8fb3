"""Lists and searches with a thousand and with a million open tasks."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial

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
    """Print what lists cost with so many open tasks, and the ratio to the first."""
    print(
        "Lists and searches with many open tasks (fastest of 15; times what the first took)"
    )
    for name in databases:
        with ground(name) as place, closing(Engine(place.settings)) as engine:
            engine.migrate()
            settle(engine, "first")
            add_people(engine)
            taken: list[Mapping[str, float]] = []
            for number, count in enumerate(rows):
                begun = time.perf_counter()
                before = rows[number - 1] if number else 0
                fill(engine, count - before, engine.clock.now())
                filled = time.perf_counter() - begun
                print(f"  {name}: {count:>9,} open tasks, filled in {filled:.0f} s")
                taken.append(_measured(engine, _asked(engine, place.settings)))
            _print(name, rows, taken)


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


def _measured(engine: Engine, asked: Mapping[str, Asked]) -> Mapping[str, float]:
    # SQLite works in this very process, whose own time is what it takes.
    clock = time.process_time if is_embedded(engine.database.url) else time.perf_counter
    return {what: _fastest(partial(ask, engine), clock) for what, ask in asked.items()}


def _fastest(action: Callable[[], object], clock: Callable[[], float]) -> float:
    action()
    taken = []
    for _ in range(_TIMES):
        begun = clock()
        action()
        taken.append(clock() - begun)
    return min(taken)  # The machine does other things too; these always do the same.


def _print(name: str, rows: Sequence[int], taken: Sequence[Mapping[str, float]]) -> None:
    print(f"  {name:<50}" + "".join(f"{count:>20,}" for count in rows))
    for what, first in taken[0].items():
        figures = "".join(
            f"{each[what] * 1000:>12.1f} ms {each[what] / first:>4.1f}" for each in taken
        )
        print(f"    {what:<48}{figures}", flush=True)
