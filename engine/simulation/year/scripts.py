"""What people do in made-up cases: the ways of a policy's scenarios, as often as fits."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from engine.model import Variables
from engine.policy.parts import Parts
from engine.policy.scenario import (
    CaseFollowed,
    CaseIsRetried,
    CaseIsStopped,
    Deed,
    Scenario,
    SurveyAnswered,
    TaskIsGone,
    TaskWaits,
)

_ORDINARY = 3  #: The higher, the rarer are ways that few scenarios take.


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that is done in a scenario, and when it is done there."""

    deed: Deed
    at: datetime


@dataclass(frozen=True, slots=True)
class Script:
    """The way of one scenario, without what is only compared or refused there."""

    id: str
    process: str
    by: str  #: A login, or that of the public.
    start: datetime
    given: Variables
    deeds: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Repertoire:
    """All that people of a policy know to do."""

    scripts: tuple[Script, ...]
    weights: tuple[float, ...]  #: How often each is played, beside the others.
    #: How tasks were completed anywhere, and how often that happens.
    by_element: Mapping[str, tuple[tuple[Dated, float], ...]]
    surveys: tuple[Dated, ...]

    def draw(self, chance: Random) -> Script | None:
        """Return the way that the next case takes; None where none can be begun."""
        if not any(self.weights):
            return None
        return chance.choices(self.scripts, self.weights)[0]

    def known(self, element: str, chance: Random) -> Dated | None:
        """Return how a task is completed of which the script of its case says nothing."""
        known = self.by_element.get(element)
        if known is None:
            return None
        ways, weights = zip(*known, strict=True)
        found: Dated = chance.choices(ways, weights if any(weights) else None)[0]
        return found


def repertoire(parts: Parts) -> Repertoire:
    """Return what the scenarios of a policy show people doing."""
    scenarios = list(parts.scenarios.values())
    played = [script for script in map(_script, scenarios) if script is not None]
    weights = tuple(_weights(parts, played))
    often = dict(zip((script.id for script in played), weights, strict=True))
    done = [(dated, often.get(each.id, 0.0)) for each in scenarios for dated in _done(each)]
    by_element: dict[str, list[tuple[Dated, float]]] = {}
    for dated, weight in done:
        if isinstance(dated.deed, TaskWaits):
            by_element.setdefault(dated.deed.element, []).append((dated, weight))
    return Repertoire(
        scripts=tuple(played),
        weights=weights,
        by_element={element: tuple(deeds) for element, deeds in by_element.items()},
        surveys=tuple(each for each, _ in done if isinstance(each.deed, SurveyAnswered)),
    )


def _script(scenario: Scenario) -> Script | None:
    """Return the way of a scenario that somebody begins and that stops nowhere."""
    stops = any(
        isinstance(step.deed, CaseIsStopped | CaseIsRetried) for step in scenario.steps
    )
    if scenario.by is None or stops:
        return None
    return Script(
        id=scenario.id,
        process=scenario.process,
        by=scenario.by,
        start=scenario.start,
        given=scenario.given,
        deeds=tuple(_done(scenario)),
    )


def _done(scenario: Scenario) -> Iterator[Dated]:
    at = scenario.start
    for step in scenario.steps:
        at = step.at or at
        if step.deed is not None and _happens(step.deed):
            yield Dated(step.deed, at)


def _happens(deed: Deed) -> bool:
    """Tell whether something comes of *deed*: it is neither refused nor only compared."""
    if isinstance(deed, TaskIsGone | CaseIsStopped | CaseIsRetried):
        return False
    if isinstance(deed, TaskWaits) and deed.values is None:
        return False
    refused = getattr(deed, "refused", None) or getattr(deed, "refused_fields", ())
    return not refused


def _weights(parts: Parts, played: Sequence[Script]) -> Iterator[float]:
    """Yield for each script how often it is played: as policy.toml says, or as it seems."""
    said = parts.settings.demo.scenarios if parts.settings else {}
    if said:
        yield from (float(said.get(script.id, 0)) for script in played)
        return
    ways = [frozenset(_elements(script)) for script in played]
    for script, way in zip(played, ways, strict=True):
        alike = [
            other
            for other, each in zip(ways, played, strict=True)
            if each.process == script.process
        ]
        counts = Counter(element for other in alike for element in other)
        shares = [counts[element] / len(alike) for element in way]
        ordinary = sum(shares) / len(shares) if shares else 0.1
        yield ordinary**_ORDINARY


def _elements(script: Script) -> Iterator[str]:
    for dated in script.deeds:
        if isinstance(dated.deed, TaskWaits):
            yield dated.deed.element
        elif isinstance(dated.deed, CaseFollowed):
            yield "follow"
