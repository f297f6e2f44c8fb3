"""Tells which scenarios can notice a mutation at all: those that come by."""

from collections.abc import Iterable, Iterator, Mapping

from engine.bpmn import ElementInfo, ProcessInfo
from engine.policy.loaded import LoadedPolicy
from engine.simulation.mutation.word import Mutation
from engine.simulation.outcome import Outcome

Way = frozenset[tuple[str, str]]


class Passages:
    """Which scenarios pass which elements, rules and forms of a policy.

    Args:
        policy: As it is, unchanged.
        outcomes: Of all its scenarios.
    """

    def __init__(self, policy: LoadedPolicy, outcomes: Iterable[Outcome]) -> None:
        self._policy = policy
        self._outcomes = tuple(outcomes)

    def by(self, mutation: Mutation) -> tuple[str, ...]:
        """Return the ids of the scenarios that pass the mutated place, shortest first."""
        if mutation.file.endswith(".dmn"):
            passing = self._by_rules(self._rules_beside(mutation.element))
        else:
            passing = self._by_flows(frozenset(self._flows_beside(mutation)))
        ordered = sorted(passing, key=lambda each: len(each.flows))
        return tuple(outcome.scenario for outcome in ordered)

    def _by_rules(self, rules: Way) -> list[Outcome]:
        return [each for each in self._outcomes if each.rules & rules]

    def _by_flows(self, flows: Way) -> list[Outcome]:
        return [each for each in self._outcomes if each.flows & flows]

    def _rules_beside(self, place: str) -> Way:
        """Return the rules of the decision *place*, or of the one with that rule."""
        return frozenset(
            (decision.id, rule)
            for decision in self._policy.decisions.decisions.values()
            if place == decision.id or place in decision.rule_ids
            for rule in decision.rule_ids
        )

    def _flows_beside(self, mutation: Mutation) -> Iterator[tuple[str, str]]:
        for process in self._policy.definitions.processes.values():
            if mutation.file.endswith(".form"):
                form = self._form_id(mutation.file)
                ids = {
                    each.id for each in process.elements.values() if each.form_id == form
                }
            elif process.file == mutation.file:
                ids = _around(process.elements, _sources(process, mutation.element))
            else:
                continue
            for flow in process.flows.values():
                if ids & {flow.source, flow.target}:
                    yield process.id, flow.id

    def _form_id(self, file: str) -> str:
        return file.removeprefix("forms/").removesuffix(".form")


def _sources(process: ProcessInfo, place: str) -> set[str]:
    """Return the element *place*, or the one that the flow *place* leaves."""
    flow = process.flows.get(place)
    return {place if flow is None else flow.source}


def _around(elements: Mapping[str, ElementInfo], ids: set[str]) -> set[str]:
    """Return *ids* with the activities that events among them are attached to."""
    attached = {elements[each].attached_to for each in ids if each in elements}
    return ids | {each for each in attached if each is not None}
