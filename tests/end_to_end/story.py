"""What people enter on the way of a case, as a scenario of its policy tells it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from engine.policy import Bundle, LoadedPolicy, load
from engine.policy.parts import read_parts
from engine.policy.scenario import Scenario, TaskWaits
from engine.simulation.cast import cast_beside
from tests.end_to_end.desk import Answer, Answers, File
from tests.webapp.files import photo

ROOT = Path(__file__).parents[2]
_PDF = b"%PDF-1.4\n%%EOF\n"
_LABELS = ("label", "dateLabel", "timeLabel")
_A_DAY = len("2026-03-02")


@dataclass(frozen=True)
class Story:
    """A scenario of a shipped policy that begins now, in the words of its forms."""

    key: str
    scenario_id: str

    def name(self, task: str) -> str:
        """Return what people call a task."""
        return self._element(task).name

    @property
    def process(self) -> str:
        """Id of the process that it starts."""
        return self.scenario.process

    @property
    def start(self) -> str:
        """What staff press to register a case of it."""
        starts = self.policy.settings.starts
        (title,) = [
            each.title
            for each in starts
            if each.process == self.scenario.process and each.by == "staff"
        ]
        return title

    def given(self, **other: Any) -> Answers:
        """Return what the case is registered with, some of it otherwise."""
        elements = self.policy.definitions.process(self.scenario.process).elements
        (form,) = [
            each.form_id
            for each in elements.values()
            if each.kind == "startEvent" and each.scope is None and each.form_id
        ]
        return self._answers(form, {**self.scenario.given, **other})

    def answers(self, task: str, **other: Any) -> Answers:
        """Return what the task's form is filled in with, some of it otherwise."""
        values = next(
            step.deed.values
            for step in self.scenario.steps
            if isinstance(step.deed, TaskWaits)
            and step.deed.element == task
            and step.deed.values is not None
            and not (step.deed.refused or step.deed.refused_fields)
        )
        return self._answers(self._element(task).form_id, {**values, **other})

    def survey(self, **values: Any) -> Answers:
        """Return what the survey is answered with."""
        return self._answers(self.policy.settings.public.survey, values)

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario itself."""
        return read_parts(_bundle(self.key)).scenarios[self.scenario_id]

    @cached_property
    def policy(self) -> LoadedPolicy:
        """The policy that it belongs to."""
        return load(_bundle(self.key))

    def _element(self, task: str) -> Any:
        processes = self.policy.definitions.processes.values()
        (found,) = [each.elements[task] for each in processes if task in each.elements]
        return found

    def _answers(self, form: str | None, values: Mapping[str, Any]) -> Answers:
        if form is None:
            return {}
        drawn = json.loads((ROOT / "forms" / self.key / f"{form}.form").read_text("utf-8"))
        return self._typed(drawn["components"], values)

    def _typed(self, components: list[Any], values: Mapping[str, Any]) -> Answers:
        fields = list(_fields(components))
        # What several fields are called alike, people tell apart by where they stand.
        known = Counter(label for label, _, _ in fields)
        return {
            label: self._answer(field, values[key])
            for label, key, field in fields
            if values.get(key) is not None and known[label] == 1
        }

    def _answer(self, field: Mapping[str, Any], value: Any) -> Answer:
        """Return *value* as people type it, or the label of what they choose."""
        if field["type"] == "dynamiclist":
            return [self._typed(field["components"], each) for each in value]
        if field["type"] == "filepicker":
            return [_file(name) for name in value]
        if field["type"] == "datetime":
            return self._moved(value)
        if "values" in field or "valuesExpression" in field:
            return _chosen(field, value)
        return value if isinstance(value, bool) else str(value)

    def _moved(self, value: str) -> str:
        """Return a day or a moment as far from now as it is from the scenario's start."""
        now = datetime.now(ZoneInfo(self.policy.settings.zone))
        start = self.scenario.start
        if len(value) == _A_DAY:
            day = datetime.fromisoformat(value).date()
            return str(day + (now.date() - start.date()))
        return f"{datetime.fromisoformat(value) - start + now:%Y-%m-%dT%H:%M}"


@cache
def _bundle(key: str) -> Bundle:
    return Bundle.from_folders(ROOT, key)


@cache
def _names() -> Mapping[str, str]:
    """Return the names of the demo's units and people by key and login."""
    cast = cast_beside(ROOT)
    units = {unit.key: unit.name for unit in cast.units}
    return {**units, **{person.login: person.name for person in cast.people}}


def _fields(components: list[Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Go through label, key and the rest of what can be filled in, as it stands."""
    for component in components:
        label = _label(component)
        key = component.get("key") or component.get("path")
        if component["type"] == "group":
            yield from _fields(component["components"])
        elif label is not None and key is not None:
            yield label, key, component


def _label(component: Mapping[str, Any]) -> str | None:
    words = [component[name] for name in _LABELS if component.get(name)]
    if component.get("subtype") == "datetime" and len(words) > 1:
        return words[0].partition("（")[0]  # One input takes day and time.
    return words[0] if words else None


def _chosen(field: Mapping[str, Any], value: Any) -> str | list[str]:
    labels = {str(each["value"]): each["label"] for each in field.get("values", ())}
    several = isinstance(value, list)
    chosen = [
        labels.get(str(each)) or _names()[str(each)]
        for each in (value if several else [value])
    ]
    return chosen if several else chosen[0]


def _file(name: str) -> File:
    if PurePosixPath(name).suffix == ".pdf":
        return {"name": name, "mimeType": "application/pdf", "buffer": _PDF}
    return {"name": name, "mimeType": "image/jpeg", "buffer": photo()}
