"""Start-up and memory of the processes that an installation runs."""

import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing

from bench.browser import Browser
from bench.grounds import DATABASES, Ground, ground, settle, start_case
from bench.serving import resident, serving, working
from engine.runtime import Engine

_PASSWORD = "measured-and-thrown-away"
_REQUESTS = 1000
_PAGES = ("/", "/?show=groups", "/cases/", "/tasks/1")


def measure(databases: Sequence[str] = DATABASES) -> None:
    """Print seconds to the first answer, and MB before and after many requests."""
    print("Start-up, and resident memory")
    print(f"  command line, --help: {min(_help() for _ in range(3)):.2f} s")
    for name in databases:
        with ground(name) as place, ExitStack() as stack:
            _measure(place, stack)


def _measure(place: Ground, stack: ExitStack) -> None:
    with closing(Engine(place.settings)) as engine:
        engine.migrate()
        clerk = settle(engine, "clerk", password=_PASSWORD)
        for _ in range(50):
            start_case(engine, clerk)
    with serving(place, worker=True) as first:
        print(f"  {place.database}: serve to the first answer {first.started_in:.2f} s")
    server = stack.enter_context(serving(place, worker=False))
    worker = stack.enter_context(working(place))
    browser = Browser(server.port)
    stack.callback(browser.close)
    browser.sign_in("clerk", _PASSWORD)
    _look_around(browser, _REQUESTS // 5)
    warm, worker_warm = server.memory(), resident(worker.pid)
    _look_around(browser, _REQUESTS)
    print(
        f"  {place.database}: web process {warm:.0f} MB, after {_REQUESTS} more requests"
        f" {server.memory():.0f} MB; worker {worker_warm:.0f} MB,"
        f" then {resident(worker.pid):.0f} MB"
    )


def _look_around(browser: Browser, requests: int) -> None:
    for number in range(requests):
        browser.get(_PAGES[number % len(_PAGES)])


def _help() -> float:
    begun = time.perf_counter()
    script = "from engine.cli import main; main()"
    subprocess.run(
        [sys.executable, "-c", script, "--help"], check=True, capture_output=True
    )
    return time.perf_counter() - begun
