"""Plays a process in tests: it is saved and loaded after every step."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Self

from engine.bpmn import (
    Advance,
    Definitions,
    Execution,
    Saved,
    Subscription,
    Surroundings,
    Timer,
    UserTask,
    Waiting,
)
from engine.calendar import DEFAULT_CALENDAR
from engine.dmn import DecisionModel
from engine.model import Json, Sentence
from tests.engine.bpmn import models

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai.


class Stage:
    """An execution with what waits in it, by element."""

    def __init__(
        self,
        source: bytes,
        variables: Mapping[str, Json] | None = None,
        *,
        process: str = "p",
        start_event: str | None = None,
        decisions: bytes | None = None,
        facts: Mapping[str, Json] | None = None,
    ) -> None:
        self.source = source
        tables = {} if decisions is None else {"rules.dmn": decisions}
        self.definitions = Definitions.parse(
            {"p.bpmn": source}, DecisionModel.parse(tables)
        )
        self.now = MONDAY
        self.facts = facts or {}
        self.waiting: dict[str, Waiting] = {}
        self.history: list[Advance] = []
        execution, advance = Execution.start(
            self.definitions,
            process,
            variables or {},
            self.around,
            start_event=start_event,
        )
        self._keep(execution, advance)

    @property
    def around(self) -> Surroundings:
        return Surroundings(self.now, DEFAULT_CALENDAR, self.facts)

    @property
    def execution(self) -> Execution:
        return Execution.load(self.definitions, self.saved)

    @property
    def saved(self) -> Saved:
        return self._saved

    @property
    def last(self) -> Advance:
        return self.history[-1]

    @property
    def places(self) -> list[str]:
        """The elements at which something waits, sorted."""
        return sorted(waiting.element_id for waiting in self.waiting.values())

    @property
    def variables(self) -> Mapping[str, Json]:
        return self.execution.variables

    @property
    def ended(self) -> bool:
        return self.last.ended

    @property
    def incidents(self) -> dict[str, str]:
        """For each element that is stopped the kind of incident."""
        return {found.element_id: found.kind for found in self.execution.incidents}

    def why(self, element_id: str) -> Sentence:
        return next(
            found.sentence
            for found in self.execution.incidents
            if found.element_id == element_id
        )

    def token(self, element_id: str) -> str:
        """Return the token, the oldest of several, that waits at the element."""
        for waiting in self.waiting.values():
            if waiting.element_id == element_id:
                return waiting.token
        raise AssertionError(f"Nothing waits at {element_id}, but at {self.places}.")

    def task(self, element_id: str) -> UserTask:
        found = self.waiting[self.token(element_id)]
        assert isinstance(found, UserTask)
        return found

    def timer(self, element_id: str) -> Timer:
        found = self.waiting[self.token(element_id)]
        assert isinstance(found, Timer)
        return found

    def subscription(self, element_id: str) -> Subscription:
        found = self.waiting[self.token(element_id)]
        assert isinstance(found, Subscription)
        return found

    def complete(self, element_id: str, **values: Json) -> Self:
        execution, token = self.execution, self.token(element_id)
        return self._keep(execution, execution.complete(token, values, self.around))

    def finish(self, element_id: str, **values: Json) -> Self:
        execution, token = self.execution, self.token(element_id)
        return self._keep(execution, execution.finish_job(token, values, self.around))

    def fire(self, element_id: str) -> Self:
        """Let the timer go off at the moment it is due."""
        timer, execution = self.timer(element_id), self.execution
        self.now = timer.due
        return self._keep(execution, execution.fire(timer.token, self.around))

    def deliver(self, element_id: str, **payload: Json) -> Self:
        execution, token = self.execution, self.token(element_id)
        return self._keep(execution, execution.deliver(token, payload, self.around))

    def retry(self, element_id: str) -> Self:
        execution = self.execution
        token = next(i.token for i in execution.incidents if i.element_id == element_id)
        return self._keep(execution, execution.retry(token, self.around))

    def correct(self, **values: Json) -> Self:
        execution = self.execution
        return self._keep(execution, execution.correct(values, self.around))

    def wait(self, **time: int) -> Self:
        self.now += timedelta(**time)
        return self

    def way(self) -> list[str]:
        """Return the flows taken, in order."""
        return [flow.flow_id for advance in self.history for flow in advance.flows]

    def events(self, event: str) -> list[str]:
        """Return the elements that were entered, left or cancelled, in order."""
        return [
            activity.element_id
            for advance in self.history
            for activity in advance.activities
            if activity.event == event
        ]

    def _keep(self, execution: Execution, advance: Advance) -> Self:
        for token in advance.closed:
            self.waiting.pop(token, None)
        for waiting in advance.opened:
            assert waiting.token not in self.waiting
            self.waiting[waiting.token] = waiting
        self.history.append(advance)
        self._saved = execution.save()
        return self


def play(*parts: str, **variables: Json) -> Stage:
    """Start the process ``p`` made of *parts*; messages and the like go beside it."""
    kinds = ("message", "signal", "error", "escalation", "process")
    beside = tuple(f"<bpmn:{kind} " for kind in kinds)
    outside = [part for part in parts if part.startswith(beside)]
    inside = [part for part in parts if not part.startswith(beside)]
    source = models.diagram(models.process("p", *inside), *outside)
    return Stage(source, variables)


def asking(*inside: str, **variables: Json) -> Stage:
    """Play a task ``ask``, made of *inside*, and a task ``after`` behind it."""
    return play(
        models.start(),
        models.user("ask", *inside),
        models.user("after"),
        models.end(),
        models.flows("start", "ask", "after", "end"),
        **variables,
    )
