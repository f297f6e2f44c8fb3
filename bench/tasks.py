"""Completing a user task in the process: command, forms, journal, history, and a commit."""

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import closing

from sqlalchemy.pool import PoolProxiedConnection

from bench import plain
from bench.grounds import DATABASES, OpenTasks, ground, settle, start_case
from bench.values import form
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import Actor
from engine.runtime import Engine

CASES = 30


def measure(databases: Sequence[str] = DATABASES, cases: int = CASES) -> None:
    """Print what a task takes, with ours on each database and with the library."""
    print("Complete a user task (37 + 11 + 10 specs, 10 tasks a case, 2 KB of variables)")
    _print("plain SpiffWorkflow, JSON round trip, no database", plain.steps(cases))
    for name in databases:
        with ground(name) as place, closing(Engine(place.settings)) as engine:
            engine.migrate()
            clerk = settle(engine, "clerk")
            commits = _timed_commits(engine)
            taken = [second for _ in range(cases) for second in _case(engine, clerk)]
            _print(f"engine on {name}, with its commit", taken)
            share = 100 * statistics.mean(commits) / statistics.mean(taken)
            print(
                f"    {cases / sum(taken):.1f} cases a second in one thread;"
                f" the commits themselves take {share:.0f} % of the time"
            )


def _case(engine: Engine, clerk: Actor) -> Iterator[float]:
    case_id = start_case(engine, clerk)
    while open_tasks := engine.ask(OpenTasks(case_id), by=clerk):
        task_id, element = open_tasks[0]
        values = form(element)
        begun = time.perf_counter()
        engine.run(CompleteTask(task_id, values), by=clerk)
        yield time.perf_counter() - begun


def _timed_commits(engine: Engine) -> list[float]:
    """Return a list that fills with the seconds of each commit."""
    seconds: list[float] = []
    dialect = engine.database.connections.dialect
    commit = dialect.do_commit

    def timed(connection: PoolProxiedConnection) -> None:
        begun = time.perf_counter()
        commit(connection)
        seconds.append(time.perf_counter() - begun)

    dialect.do_commit = timed  # type: ignore[method-assign]
    return seconds


def _print(name: str, taken: Sequence[float]) -> None:
    milliseconds = [second * 1000 for second in taken]
    tenth = statistics.quantiles(milliseconds, n=20)[-1]
    median = statistics.median(milliseconds)
    print(f"  {name:<52} median {median:6.2f} ms   p95 {tenth:6.2f} ms", flush=True)
