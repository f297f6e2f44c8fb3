"""Decision tables: reading and compiling, evaluating, analysing."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from engine.dmn import DecisionModel
from engine.dmn.analysis import analyse
from engine.feel import Context
from engine.model import Variables

SIZES = ((20, 5), (200, 8))
POLICIES = ("UNIQUE", "FIRST")
CASES, ROUNDS = 100, 5
_CONTEXT = Context(datetime(2026, 3, 2, tzinfo=UTC))
_KINDS = 20  #: Values of the first column; each rule has one, and a band of amounts.
_TYPES = ("string", "number", "boolean", "string", "number", "date", "string", "number")
_CITIES = ("上海", "苏州", "宁波", "合肥")


def main() -> None:
    """Print the processor time that tables take."""
    print("Decision tables, processor time (medians): numbers, texts, ranges and dates")
    for rows, columns in SIZES:
        for policy in POLICIES:
            source = document(rows, columns, policy)
            read = _median(lambda it=source: DecisionModel.parse({"bench.dmn": it}))
            model = DecisionModel.parse({"bench.dmn": source})
            evaluated = statistics.median(_evaluations(model, rows, columns))
            analysed = _median(lambda it=model: analyse(it))
            print(
                f"  {rows:3} x {columns} {policy:<7}"
                f" read and compile {read * 1000:6.1f} ms"
                f"   evaluate {evaluated * 1_000_000:6.0f} us"
                f"   analyse {analysed * 1000:6.1f} ms"
            )


def document(rows: int, columns: int, policy: str) -> bytes:
    """Return a DMN file with one table, in which one rule fits each case at most."""
    source = random.Random(rows)  # The same table at every run.
    inputs = "".join(
        f'<input id="i{at}"><inputExpression id="e{at}" typeRef="{_TYPES[at]}">'
        f"<text>v{at}</text></inputExpression></input>"
        for at in range(columns)
    )
    rules = "".join(
        f'<rule id="r{row}">{"".join(_cells(row, rows, columns, source))}'
        f'<outputEntry id="o{row}"><text>"remedy {row}"</text></outputEntry></rule>'
        for row in range(rows)
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="bench"'
        ' name="bench" namespace="bench"><decision id="remedy" name="remedy">'
        f'<decisionTable id="table" hitPolicy="{policy}">{inputs}'
        f'<output id="out" name="remedy" typeRef="string"/>{rules}'
        "</decisionTable></decision></definitions>"
    ).encode()


def _cells(row: int, rows: int, columns: int, source: random.Random) -> Iterator[str]:
    kinds = min(_KINDS, rows // 4)
    width = 10_000 * kinds // rows
    low = row // kinds * width
    first = source.choice(_CITIES)
    texts = (
        f'"kind {row % kinds}"',
        f"[{low}..{low + width})",
        source.choice(("-", "true", "false")),
        source.choice(("-", f'"{first}"', f'not("{first}")')),
        source.choice(("-", f"> {source.randrange(50)}", f"<= {source.randrange(50, 99)}")),
        source.choice(("-", '>= date("2026-01-01")', '< date("2026-01-01")')),
        source.choice(("-", f'"{first}", "无锡"')),
        source.choice(("-", f"[{source.randrange(9)}..{source.randrange(10, 20)}]")),
    )
    for at, text in enumerate(texts[:columns]):
        yield f'<inputEntry id="c{row}-{at}"><text>{escape(text)}</text></inputEntry>'


def _evaluations(model: DecisionModel, rows: int, columns: int) -> Iterator[float]:
    source = random.Random(rows)
    cases = [_case(rows, columns, source) for _ in range(CASES)]
    for _ in range(ROUNDS):
        for case in cases:
            begun = time.thread_time()
            model.evaluate("remedy", case, _CONTEXT)
            yield time.thread_time() - begun


def _case(rows: int, columns: int, source: random.Random) -> Variables:
    values = (
        f"kind {source.randrange(min(_KINDS, rows // 4))}",
        source.randrange(10_000),
        source.random() < 0.5,
        source.choice(_CITIES),
        source.randrange(100),
        source.choice(("2025-06-30", "2026-02-14")),
        source.choice(_CITIES),
        source.randrange(20),
    )
    return {f"v{at}": value for at, value in enumerate(values[:columns])}


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        begun = time.thread_time()
        work()
        taken.append(time.thread_time() - begun)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
