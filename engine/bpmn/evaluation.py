"""Evaluates what diagrams say in FEEL, for one step at one moment.

SpiffWorkflow calls this the script engine. Its own runs Python from the diagram; ours
knows FEEL and decisions only, and every failure stops the token with a sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from engine.bpmn.elements import Term
from engine.bpmn.failures import Stopped
from engine.bpmn.variables import visible
from engine.bpmn.workflow import Token
from engine.calendar import WorkCalendar
from engine.dmn import DecisionModel, DecisionOutcome, DmnError
from engine.feel import (
    Context,
    FeelError,
    FeelFunction,
    Result,
    to_json,
    working_time_functions,
)
from engine.model import Json, Sentence, Variables


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a step is given from outside.

    `facts` are read-only names that FEEL sees besides the variables, such as ``case``.
    """

    now: datetime
    calendar: WorkCalendar
    facts: Variables


def make_context(around: Surroundings) -> Context:
    """Return what FEEL is given besides variables: the moment and working time."""
    return Context(
        now=around.now.astimezone(around.calendar.zone),
        functions=_functions_of(around.calendar),
        zone=around.calendar.zone,
    )


_functions: dict[int, tuple[WorkCalendar, Mapping[str, FeelFunction]]] = {}
_MOST_CALENDARS = 100  #: Whose functions are kept; each policy in use has one.


def _functions_of(calendar: WorkCalendar) -> Mapping[str, FeelFunction]:
    """Return the functions of *calendar*, made once for each."""
    kept, functions = _functions.get(id(calendar), (None, {}))
    if kept is not calendar:
        functions = working_time_functions(calendar)
        if len(_functions) >= _MOST_CALENDARS:
            _functions.clear()
        _functions[id(calendar)] = calendar, functions
    return functions


class Evaluator:
    """Evaluates expressions and decisions of one deployment within one step."""

    def __init__(self, decisions: DecisionModel, around: Surroundings) -> None:
        self.around = around
        self._decisions = decisions

    @cached_property
    def _context(self) -> Context:
        return make_context(self.around)

    def evaluate(
        self,
        my_task: Token,
        term: Term,
        place: str,
        *,
        kind: str = "expression",
        extra: Variables | None = None,
    ) -> Json:
        """Return what *term* says at *my_task*, as JSON; a literal is its own text.

        Args:
            my_task: The token whose variables are seen.
            term: What to evaluate.
            place: What it is for, such as ``dueDate``; named when it fails.
            kind: The kind of incident when it fails.
            extra: Names in front of the variables.

        Raises:
            Stopped: If it cannot be evaluated.
        """
        return self.result(my_task, term, place, kind=kind, extra=extra)[0]

    def result(
        self,
        my_task: Token,
        term: Term,
        place: str,
        *,
        kind: str = "expression",
        extra: Variables | None = None,
    ) -> tuple[Json, Result | None]:
        """Return what `evaluate` does, and the warnings with it."""
        if term.expression is None:
            return term.source, None
        names = visible(my_task, {**self.around.facts, **(extra or {})})
        try:
            result = term.expression.evaluate(names, self._context)
            return to_json(result.value), result
        except FeelError as error:
            raise Stopped(
                kind,
                Sentence(
                    "Expected {place} to be evaluated, but “{source}” failed: {reason}",
                    {"place": place, "source": term.source, "reason": error.sentence},
                ),
            ) from error

    def decide(self, my_task: Token, decision_id: str) -> DecisionOutcome:
        """Return the outcome of a decision with the variables of *my_task*.

        Raises:
            Stopped: If there is no such decision, or it cannot be evaluated.
        """
        if decision_id not in self._decisions.decisions:
            raise Stopped(
                "decision",
                Sentence(
                    "Expected a decision “{decision}”, but the deployment has none.",
                    {"decision": decision_id},
                ),
            )
        names: Mapping[str, Any] = visible(my_task, self.around.facts)
        try:
            return self._decisions.evaluate(decision_id, names, self._context)
        except (DmnError, FeelError) as error:
            raise Stopped(
                "decision",
                Sentence(
                    "Expected decision “{decision}” to be evaluated, but it failed: "
                    "{reason}",
                    {"decision": decision_id, "reason": error.sentence},
                ),
            ) from error


def because(result: Result | None) -> Sentence | str:
    """Return the first warning of an evaluation, to explain a null."""
    if result is None or not result.warnings:
        return ""
    return result.warnings[0].sentence
