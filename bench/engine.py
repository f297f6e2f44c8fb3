"""The engine by itself, without a database: saved and taken up again after each step.

Time is the processor's, so that what else the machine does counts little.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bench import plain
from bench.models import document, ours
from bench.repeated import for_each, rework
from bench.values import CASE, form
from engine.bpmn import Definitions, Execution, Saved, Surroundings, UserTask
from engine.calendar import DEFAULT_CALENDAR
from engine.dmn import DecisionModel
from engine.model import Variables

CASES, PLAIN_CASES, ROUNDS, ITEMS = 60, 12, 1000, 500
_SOME = 50  #: Rounds at either end that are compared.
_AROUND = Surroundings(datetime(2026, 3, 2, 1, tzinfo=UTC), DEFAULT_CALENDAR, {})


@dataclass(frozen=True, slots=True)
class Step:
    """A user task completed: what it took, and what the case then holds."""

    element: str
    seconds: float
    saved: Saved

    @property
    def size(self) -> int:
        """Bytes of state, without the variables of the case."""
        return len(self.saved.state.encode())


def main() -> None:
    """Print what a step takes in the usual case, in loops and with many instances."""
    definitions = _parsed(document(ours()))
    cases = [list(_case(definitions, CASE, form)) for _ in range(CASES)]
    mine = statistics.median(_seconds(case) for case in cases)
    theirs = _plain()
    print("A case of 10 tasks in 3 processes, saved and loaded after each (one core)")
    print(f"  engine              {1 / mine:7.0f} cases/s   {mine * 1000:6.2f} ms a case")
    print(
        f"  plain SpiffWorkflow {1 / theirs:7.0f} cases/s   {theirs * 1000:6.2f} ms a case"
    )
    print(f"  ratio               {theirs / mine:7.1f}")
    largest = max(cases[0], key=lambda step: step.size)
    whole = largest.size + len(largest.saved.variables.encode())
    print(f"  state at most       {largest.size:7} bytes, {whole} with its variables")
    _print_rework()
    _print_instances()


def _plain() -> float:
    """Return the seconds that plain SpiffWorkflow takes for the steps of a case."""
    taken = plain.steps(PLAIN_CASES, time.process_time)
    each = len(taken) // PLAIN_CASES
    return statistics.median(
        sum(taken[at : at + each]) for at in range(0, len(taken), each)
    )


def _print_rework() -> None:
    steps = list(_case(_parsed(rework()), {}, _rework_answers()))
    judged = [step for step in steps if step.element == "judge"]
    first = statistics.median(step.seconds for step in judged[:_SOME])
    last = statistics.median(step.seconds for step in judged[-_SOME:])
    print(f"{ROUNDS} rounds of rework with a parallel section, a step")
    times = f"first {first * 1000:.3f} ms, last {last * 1000:.3f} ms"
    print(f"  {times}, ratio {last / first:.2f}")
    print(f"  state {judged[0].size} bytes, then {judged[-1].size}")


def _print_instances() -> None:
    print(f"{ITEMS} instances at once, a child (mean)")
    for kind in ("userTask", "subProcess"):
        steps = list(_case(_parsed(for_each(ITEMS, kind)), {}, lambda _: {"result": 1}))
        mean = statistics.fmean(step.seconds for step in steps)
        print(f"  {kind:<12} {mean * 1000:.2f} ms, state at most {_largest(steps)} bytes")


def _largest(steps: list[Step]) -> int:
    return max(step.size for step in steps)


def _seconds(steps: list[Step]) -> float:
    return sum(step.seconds for step in steps)


def _parsed(source: bytes) -> Definitions:
    return Definitions.parse({"main.bpmn": source}, DecisionModel.parse({}))


def _rework_answers() -> Callable[[str], Variables]:
    rounds = iter(range(1, ROUNDS + 1))

    def answer(element: str) -> Variables:
        return {"rework": next(rounds) < ROUNDS} if element == "judge" else {}

    return answer


def _case(
    definitions: Definitions, variables: Variables, answer: Callable[[str], Variables]
) -> Iterator[Step]:
    """Play a case to its end and yield every step."""
    execution, advance = Execution.start(definitions, "main", variables, _AROUND)
    tasks: dict[str, str] = {}
    saved = execution.save()
    while True:
        for token in advance.closed:
            tasks.pop(token, None)
        for found in advance.opened:
            if isinstance(found, UserTask):
                tasks[found.token] = found.element_id
        if not tasks:
            return
        token, element = next(iter(tasks.items()))
        values = answer(element)
        begun = time.process_time()
        execution = Execution.load(definitions, saved)
        advance = execution.complete(token, values, _AROUND)
        saved = execution.save()
        yield Step(element, time.process_time() - begun, saved)
