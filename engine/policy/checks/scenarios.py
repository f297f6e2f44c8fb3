"""Scenarios that speak of what the policy does not have."""

from collections.abc import Collection, Iterator

from engine.model import Finding, Sentence
from engine.policy.checks.elements import all_elements
from engine.policy.parts import POLICY, Parts
from engine.policy.scenario import (
    PUBLIC,
    CaseFollowed,
    MessageComes,
    Scenario,
    SignalComes,
    Step,
    SurveyAnswered,
    TaskRouted,
    TaskWaits,
)
from engine.policy.sections.public import CUSTOMER
from engine.policy.toml import did_you_mean


def scenario_findings(parts: Parts) -> Iterator[Finding]:
    """Yield the wrong ids in scenarios; whether they hold is for the simulation to say."""
    if not parts.processes:
        return
    elements = {element.id: element for element in all_elements(parts)}
    ends = [element.id for element in elements.values() if element.kind == "endEvent"]
    for scenario in parts.scenarios.values():
        if scenario.process not in parts.processes:
            yield _unknown(scenario, "process", scenario.process, parts.processes)
        if scenario.by == PUBLIC:
            yield from _public_start(parts, scenario)
        yield from _before(parts, scenario)
        for step in scenario.steps:
            yield from _step(parts, scenario, step, elements)
        for end in scenario.end.ends:
            if end not in ends:
                yield _unknown(scenario, "end.ends", end, ends)
        for notice in scenario.end.notices:
            known = parts.letters if notice.kind == "letter" else elements
            if notice.about not in known:
                yield _unknown(scenario, "end.notices", notice.about, known)
    yield from _weighed(parts)


def _weighed(parts: Parts) -> Iterator[Finding]:
    """Yield the scenarios that demo data is made of and that there are not."""
    demo = None if parts.settings is None else parts.settings.demo
    for name in () if demo is None else demo.scenarios:
        if name not in parts.scenarios:
            yield Finding(
                file=POLICY,
                element="demo.scenarios",
                rule="demo-scenario",
                what=Sentence(
                    "Expected a scenario, but there is none called {scenario}.",
                    {"scenario": name},
                ),
                remedy=did_you_mean(name, parts.scenarios),
            )


def _before(parts: Parts, scenario: Scenario) -> Iterator[Finding]:
    """Yield the scenarios that cannot come before this one."""
    beginners = [each.id for each in parts.scenarios.values() if not each.before]
    for earlier in scenario.before:
        if earlier not in parts.scenarios:
            yield _unknown(scenario, "before", earlier, beginners)
        elif earlier not in beginners:
            yield Finding(
                file=scenario.file,
                element="before",
                rule="scenario-before",
                what=Sentence(
                    "Expected a scenario that begins with nothing, but {scenario} has "
                    "cases before it too.",
                    {"scenario": earlier},
                ),
                remedy=Sentence("List those here as well, or name another scenario."),
            )


def _step(
    parts: Parts, scenario: Scenario, step: Step, elements: Collection[str]
) -> Iterator[Finding]:
    deed, place = step.deed, f"step[{step.number}]"
    if isinstance(deed, SurveyAnswered):
        yield from _survey(parts, scenario, place)
        return
    if deed is None or isinstance(deed, MessageComes | SignalComes | CaseFollowed):
        return
    if isinstance(deed, TaskRouted):
        yield from _routed(scenario, deed, place, elements)
        return
    if deed.element not in elements:
        yield _unknown(scenario, place, deed.element, elements)
    known_groups = {*parts.roles, CUSTOMER}
    if isinstance(deed, TaskWaits):
        for group in filter(None, (deed.group, *deed.groups)):
            if group not in known_groups:
                yield _unknown(scenario, f"{place}.group", group, parts.roles)


def _routed(
    scenario: Scenario, deed: TaskRouted, place: str, elements: Collection[str]
) -> Iterator[Finding]:
    if deed.element and deed.element not in elements:
        yield _unknown(scenario, f"{place}.{deed.verb}", deed.element, elements)
    if deed.verb == "return" and deed.to and deed.to not in elements:
        yield _unknown(scenario, f"{place}.to", deed.to, elements)


def _public_start(parts: Parts, scenario: Scenario) -> Iterator[Finding]:
    starts = parts.settings.starts if parts.settings else ()
    by_public = [start.process for start in starts if start.by == "public"]
    if scenario.process not in by_public:
        yield _unknown(scenario, "by", scenario.process, by_public)


def _survey(parts: Parts, scenario: Scenario, place: str) -> Iterator[Finding]:
    public = parts.settings.public if parts.settings else None
    if public is None or public.survey is None:
        yield Finding(
            file=scenario.file,
            element=place,
            rule="scenario-survey",
            what=Sentence("Expected the policy to have a survey, but it has none."),
            remedy=Sentence("Name its form as survey in [public] of policy.toml."),
        )


def _unknown(scenario: Scenario, place: str, word: str, known: Collection[str]) -> Finding:
    return Finding(
        file=scenario.file,
        element=place,
        rule="scenario-unknown",
        what=Sentence(
            "Expected something of this policy, but there is nothing called {name}.",
            {"name": word},
        ),
        remedy=did_you_mean(word, known),
    )
