"""Prints the tables that README quotes: all of them, or those that are named.

``python -m bench http --clients 1,16``; ``python -m bench scale --rows 1000,100000``.
"""

import argparse
from collections.abc import Callable, Mapping

from bench import dmn, engine, feel, http, running, scale, space, tasks
from bench.grounds import DATABASES

Numbers = tuple[int, ...]
PARTS = ("engine", "dmn", "feel", "tasks", "http", "space", "running", "scale")


def main() -> None:
    """Run the parts that were asked for, each against fresh databases."""
    asked = _parser().parse_args()
    databases: tuple[str, ...] = asked.databases
    parts: Mapping[str, Callable[[], None]] = {
        "engine": engine.main,
        "dmn": dmn.main,
        "feel": feel.main,
        "tasks": lambda: tasks.measure(databases),
        "http": lambda: http.measure(asked.clients, databases),
        "space": lambda: space.measure(databases),
        "running": lambda: running.measure(databases),
        "scale": lambda: scale.measure(asked.rows, databases),
    }
    for name in asked.parts or parts:
        parts[name]()
        print()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="part")
    parser.add_argument("--clients", type=_numbers, default=http.CLIENTS)
    parser.add_argument("--rows", type=_numbers, default=scale.ROWS)
    parser.add_argument("--databases", type=_names, default=DATABASES)
    return parser


def _numbers(text: str) -> Numbers:
    return tuple(int(part) for part in text.split(","))


def _names(text: str) -> tuple[str, ...]:
    known = {name.lower(): name for name in DATABASES}
    return tuple(known[part.strip().lower()] for part in text.split(","))


if __name__ == "__main__":
    main()
