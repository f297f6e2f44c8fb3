"""FEEL: reading, compiling and evaluating what policies are full of."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

from engine.feel import Context, Expression
from engine.feel.expression import compile_expression
from engine.feel.syntax.names import Names
from engine.feel.syntax.parser import parse
from engine.model import Variables

CONDITIONS = {
    "simple": "amount > 1000",
    "condition": 'severity = "serious" and amount > 1000',
    "formula": (
        'if customer.level = "gold" and amount > 1000'
        " then count(items[price > 100]) else sum(for i in items return i.price)"
    ),
}
VALUES: Variables = {
    "severity": "serious",
    "amount": 1200,
    "customer": {"level": "gold"},
    "items": [{"price": 50}, {"price": 150}],
    **{f"other{number}": number for number in range(100)},
}
ROUNDS, TIMES = 200, 20
_CONTEXT = Context(datetime(2026, 3, 2, tzinfo=UTC))


def main() -> None:
    """Print the microseconds of processor time for each of some expressions."""
    print("FEEL, microseconds of processor time (medians; 104 variables)")
    for name, source in CONDITIONS.items():
        parsed = _median(lambda source=source: parse(source, *_names()))
        compiled = _median(lambda source=source: _compiled(source))
        expression = _compiled(source)
        evaluated = _median(lambda it=expression: it.evaluate(VALUES, _CONTEXT))
        print(
            f"  {name:<12} parse {parsed:7.1f}   parse and compile {compiled:7.1f}"
            f"   evaluate, compiled {evaluated:6.1f}   {source[:46]}"
        )


def _names() -> tuple[Names, Names, Names]:
    return Names(), Names(), Names(("count", "sum"))


def _compiled(source: str) -> Expression:
    return compile_expression(source, Names(), Names())


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        begun = time.thread_time()
        for _ in range(TIMES):
            work()
        taken.append((time.thread_time() - begun) / TIMES)
    return statistics.median(taken) * 1_000_000


if __name__ == "__main__":
    main()
