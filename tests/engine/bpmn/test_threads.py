"""Definitions do not change by being played."""

from concurrent.futures import ThreadPoolExecutor

from engine.bpmn import Execution, Surroundings
from engine.calendar import DEFAULT_CALENDAR
from tests.engine.bpmn.models import boundary, duration, each, end, flows, start, user
from tests.engine.bpmn.stage import MONDAY, play


def test_definitions_are_played_by_several_threads_at_once() -> None:
    parts = (
        start(),
        user("x", each("= list", "item")),
        boundary("late", "x", duration("PT1H")),
        end(),
        flows("start", "x", "end"),
        flows("late", "end"),
    )
    definitions = play(*parts, list=[1]).definitions
    around = Surroundings(MONDAY, DEFAULT_CALENDAR, {})

    def run(count: int) -> int:
        execution, advance = Execution.start(
            definitions, "p", {"list": list(range(count))}, around
        )
        done = 0
        while not execution.ended:
            token = next(t for t, place in execution.places.items() if place == "x")
            waiting = [w for w in advance.opened if w.element_id == "x"][done]
            assert waiting.token in execution.places, token
            execution.complete(waiting.token, {}, around)
            done += 1
        return done

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(1, 30))) == list(range(1, 30))
