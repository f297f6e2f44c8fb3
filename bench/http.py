"""Completing user tasks over HTTP: real servers, sessions and tokens, several at once."""

import statistics
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from http import HTTPStatus

from bench.browser import Browser
from bench.grounds import DATABASES, Ground, OpenTasks, ground, settle, start_case
from bench.serving import Server, serving, working
from bench.values import form
from engine.model import SYSTEM, TaskId
from engine.runtime import Engine

CLIENTS = (1, 4, 16)
_PASSWORD = "measured-and-thrown-away"  # Nobody logs in with it anywhere else.
_CASES = 40  #: Ten tasks each.

Work = Sequence[tuple[TaskId, str]]


@dataclass(slots=True)
class Taken:
    """What a number of clients took together."""

    seconds: float = 0.0
    worked: float = 0.0  #: Seconds of processors, in the servers.
    each: list[float] = field(default_factory=list)

    @property
    def line(self) -> str:
        """The figures as a line of the table."""
        tenths = [1000 * second for second in self.each]
        return (
            f"{len(self.each) / self.seconds:7.0f} a second"
            f"   median {statistics.median(tenths):6.1f} ms"
            f"   p95 {statistics.quantiles(tenths, n=20)[-1]:6.1f} ms"
            f"   processor {1000 * self.worked / len(self.each):5.1f} ms each"
        )


def measure(
    clients: Sequence[int] = CLIENTS,
    databases: Sequence[str] = DATABASES,
    cases: int = _CASES,
) -> None:
    """Print requests a second and their times, for each database and number of clients."""
    print("Complete a user task over HTTP, from request to commit (2 cores, all on them)")
    for name in databases:
        for servers in (1, 2):
            with ground(name) as place, ExitStack() as stack:
                _measure(place, servers, clients, cases, stack)


def _measure(
    place: Ground, servers: int, clients: Sequence[int], cases: int, stack: ExitStack
) -> None:
    engine = Engine(place.settings)
    stack.callback(engine.close)
    engine.migrate()
    logins = [f"clerk{number}" for number in range(max(clients))]
    clerk = settle(engine, *logins, password=_PASSWORD)
    embedded = place.database == "SQLite"
    # With SQLite the first process does what falls due, too; PostgreSQL has a worker apart.
    started = [
        stack.enter_context(serving(place, worker=embedded and number == 0))
        for number in range(servers)
    ]
    if not embedded:
        stack.enter_context(working(place))
    browsers = [Browser(started[each % servers].port) for each in range(max(clients))]
    for browser, login in zip(browsers, logins, strict=True):
        stack.callback(browser.close)
        browser.sign_in(login, _PASSWORD)
    for count in clients:
        for _ in range(cases):
            start_case(engine, clerk)
        for with_page in (False, True):
            taken = _complete_all(engine, started, browsers[:count], with_page)
            what = "and the page after it" if with_page else "the POST alone"
            print(
                f"  {place.database:<10} {servers} server{'s' if servers > 1 else ' '}"
                f" {count:>3} clients  {what:<21} {taken.line}",
                flush=True,
            )
            if not with_page:
                for _ in range(cases):
                    start_case(engine, clerk)


def _complete_all(
    engine: Engine,
    servers: Sequence[Server],
    browsers: Sequence[Browser],
    with_page: bool,
) -> Taken:
    """Complete what waits, and what waits then, until all cases are over."""
    taken = Taken()
    with ThreadPoolExecutor(len(browsers)) as pool:
        while waiting := engine.ask(OpenTasks(), by=SYSTEM):
            for browser in browsers:
                browser.open_task(waiting[0][0])
            shares = [waiting[place :: len(browsers)] for place in range(len(browsers))]
            begun, worked = time.perf_counter(), sum(each.worked() for each in servers)
            for each in pool.map(_complete, browsers, shares, [with_page] * len(browsers)):
                taken.each += each
            taken.seconds += time.perf_counter() - begun
            taken.worked += sum(each.worked() for each in servers) - worked
    return taken


def _complete(browser: Browser, work: Work, with_page: bool) -> list[float]:
    return list(_times(browser, work, with_page))


def _times(browser: Browser, work: Work, with_page: bool) -> Iterator[float]:
    for task_id, element in work:
        begun = time.perf_counter()
        answer = browser.complete(task_id, form(element))
        if answer.status != HTTPStatus.SEE_OTHER:
            raise RuntimeError(f"Expected to complete, but got {answer.status}.")
        if with_page:
            browser.get("/")
        yield time.perf_counter() - begun
