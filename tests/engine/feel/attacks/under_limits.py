"""Carries out every attack in a process of its own, and writes what each took.

It is run as a module; each line is the attack's name, what came of it, the seconds of
processor time and the megabytes by which the memory grew. Beyond its limits a process
ends without a word.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

from engine.calendar import DEFAULT_CALENDAR
from engine.feel import (
    BudgetExceeded,
    Context,
    FeelError,
    SyntaxProblem,
    parse_expression,
    to_json,
    working_time_functions,
)
from tests.engine.feel.asking import NOW
from tests.engine.feel.attacks import ATTACKS

SECONDS = 10  #: Of processor time, after which a process is killed.
ADDRESSES = 400_000_000  #: Bytes that a process may ask for besides what it begins with.
MEGABYTE = 1024  #: Kilobytes, in which the system counts.


def outcome(source: str) -> str:
    """Return ``value``, ``no feel``, the budget that refused it, or what went wrong."""
    functions = working_time_functions(DEFAULT_CALENDAR)
    try:
        expression = parse_expression(source, tuple(functions))
        to_json(expression.evaluate({}, Context(NOW, functions)).value)
    except BudgetExceeded as refusal:
        return refusal.budget
    except SyntaxProblem:
        return "no feel"
    except FeelError:
        return "value"  # A function, which is no JSON.
    except Exception as failure:
        return repr(failure)
    return "value"


def _size() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _limit() -> None:
    pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    present = int(pages) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (present + ADDRESSES,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _report(name: str, source: str) -> None:
    _limit()
    before, begun = _size(), time.process_time()
    found = outcome(source)
    taken = time.process_time() - begun
    grown = (_size() - before) / MEGABYTE
    sys.stdout.write(json.dumps([name, found, taken, grown]) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Carry out the attacks one after the other, each in a fork of this process."""
    outcome('matches("a", "b")')  # What is loaded late is not the attack's.
    for name, (source, _) in ATTACKS.items():
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            _report(name, source)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
