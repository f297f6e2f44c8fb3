"""Puts our DMN behind the interface that the kit's runner calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from engine.dmn.compiled import Compiled
from engine.dmn.errors import DmnProblem
from engine.dmn.evaluation import Evaluation
from engine.dmn.graph import Graph, Located
from engine.dmn.reading.elements import DecisionServiceNode
from engine.dmn.reading.file import read_dmn
from engine.dmn.run import DecisionRun
from engine.feel import Context, FeelValue, from_json
from engine.feel.compiling.scope import Scope
from engine.feel.syntax.names import plain
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.literals import (
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
)
from engine.feel.values.temporal import Date, DateTime, Time

READERS = {
    "date": parse_date,
    "time": parse_time,
    "dateTime": parse_date_time,
    "duration": parse_duration,
}
KINDS = {
    Date: "date",
    Time: "time",
    DateTime: "dateTime",
    YearsAndMonths: "duration",
    DaysAndTime: "duration",
}


@dataclass(frozen=True)
class Temporal:
    """A date, time or duration as the runner compares them."""

    kind: str
    text: str


class Case(Protocol):
    """What the runner tells of a case."""

    models: list[str]
    inputs: Mapping[object, object]
    type: str
    invocable: str


class Expected(Protocol):
    """What the runner tells of an expected result."""

    name: str


def inward(value: object) -> FeelValue:
    """Return the runner's value as ours."""
    if hasattr(value, "kind") and hasattr(value, "text"):
        return READERS[value.kind](value.text)
    if isinstance(value, dict):
        return {key: inward(item) for key, item in value.items()}
    if isinstance(value, list):
        return [inward(item) for item in value]
    return from_json(value)


def outward(value: FeelValue) -> object:
    """Return our value as the runner's."""
    if type(value) in KINDS:
        return Temporal(KINDS[type(value)], str(value))
    if isinstance(value, dict):
        return {key: outward(item) for key, item in value.items()}
    if isinstance(value, list):
        return [outward(item) for item in value]
    return value


class Adapter:
    """Evaluates the kit's cases; models are compiled once."""

    def __init__(self) -> None:
        self.models: dict[tuple[str, ...], Compiled] = {}
        self.problems: list[DmnProblem] = []

    def evaluate_case(self, case: Case, expected: Expected) -> object:
        """Return what our engine gives for the expected result of *case*."""
        compiled = self.compiled(tuple(case.models))
        main = compiled.graph.files[0]
        inputs = {
            (key if isinstance(key, tuple) else (None, plain(str(key)))): inward(value)
            for key, value in case.inputs.items()
        }

        def given(where: Located) -> FeelValue:
            name = where.element.name
            prefix = compiled.graph.prefix(main, where.file)
            for key in (
                (where.file.namespace, name),
                (None, f"{prefix}.{name}"),
                (None, name),
            ):
                if key in inputs:
                    return inputs[key]
            return None

        run = DecisionRun(Context(datetime(2026, 3, 2, 9, 30, tzinfo=UTC)))
        evaluation = Evaluation(compiled, given, Scope({}, None, run), run)
        if case.type == "decisionService":
            where = Located(main, main.by_name[plain(case.invocable)])
            assert isinstance(where.element, DecisionServiceNode)
            return outward(
                evaluation.service(where, where.element).get(plain(expected.name))
            )
        where = Located(main, main.by_name[plain(expected.name)])
        return outward(evaluation.value(where))

    def compiled(self, paths: tuple[str, ...]) -> Compiled:
        """Return the model that the files make up, the main one first."""
        if paths not in self.models:
            files = [read_dmn(Path(path).name, Path(path).read_bytes()) for path in paths]
            self.models[paths] = Compiled(Graph(files), self.problems.append)
        return self.models[paths]
