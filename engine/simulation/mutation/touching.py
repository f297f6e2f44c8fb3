"""Tells which scenarios can notice a mutation at all, those that likely do first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine.bpmn import ElementInfo, ProcessInfo
from engine.policy.loaded import LoadedPolicy
from engine.policy.scenario import CaseFollowed, Scenario
from engine.simulation.mutation.watching import first_try, looks_at
from engine.simulation.mutation.word import Mutation
from engine.simulation.outcome import Outcome
from engine.simulation.pausing import Pause

Way = frozenset[tuple[str, str]]


class Passages:
    """Which scenarios pass which elements, rules and forms of a policy.

    Args:
        policy: As it is, unchanged.
        scenarios: All its scenarios, by id.
        outcomes: Of all of them.
    """

    def __init__(
        self,
        policy: LoadedPolicy,
        scenarios: Mapping[str, Scenario],
        outcomes: Iterable[Outcome],
    ) -> None:
        self._policy = policy
        self._scenarios = scenarios
        self._outcomes = tuple(outcomes)

    def by(self, mutation: Mutation) -> tuple[Scenario, ...]:
        """Return the scenarios that pass the mutated place, the likeliest first.

        Those that say how the changed thing must be come before those that go just there,
        and these before the others; among equals the shortest is first.
        """
        if mutation.file.endswith(".dmn"):
            passing = self._by_rules(self._rules_beside(mutation.element))
        elif mutation.file.endswith(".form"):
            passing = self._by_form(_form_id(mutation.file))
        else:
            passing = self._by_flows(frozenset(self._flows_beside(mutation)))
        letter = self._letter_of(mutation)

        def place(outcome: Outcome) -> tuple[bool, bool, int]:
            scenario = self._scenarios[outcome.scenario]
            return (
                not looks_at(scenario, mutation, letter),
                not self._goes_through(outcome, mutation),
                self._length(scenario),
            )

        return tuple(self._scenarios[each.scenario] for each in sorted(passing, key=place))

    def unfelt(
        self, mutation: Mutation, scenario: Scenario, pauses: Sequence[Pause]
    ) -> Pause | None:
        """Return the last of *pauses* before which the mutation changes nothing yet.

        None: the scenario is to be played from its beginning.
        """
        if scenario.before or any(
            isinstance(each.deed, CaseFollowed) for each in scenario.steps
        ):
            return None  # What other cases pass is not in the pauses.
        if mutation.file.endswith(".form"):
            tried = self._first_try(scenario, _form_id(mutation.file))
            return pauses[tried] if tried is not None and tried >= 0 else None
        if mutation.file.endswith(".dmn"):
            rules = self._rules_beside(mutation.element)
            before = [each for each in pauses if not each.rules & rules]
        elif self._is_start(mutation):
            return None  # Its timers run from the beginning.
        else:
            flows = frozenset(self._flows_near(mutation))
            before = [each for each in pauses if not each.flows & flows]
        return before[-1] if before else None

    def _length(self, scenario: Scenario) -> int:
        """Return how many steps it takes, with those of the cases before it."""
        earlier = (self._scenarios.get(each) for each in scenario.before)
        return len(scenario.steps) + sum(1 + len(each.steps) for each in earlier if each)

    def _goes_through(self, outcome: Outcome, mutation: Mutation) -> bool:
        """Tell whether it hits the mutated rule, or takes a flow of the mutated place."""
        place = mutation.element
        if mutation.file.endswith(".dmn"):
            return any(rule == place for _, rule in outcome.rules)
        leaving = {
            (process.id, flow.id)
            for process in self._processes_in(mutation.file)
            for flow in process.flows.values()
            if place in (flow.id, flow.source)
        }
        return bool(leaving & outcome.flows)

    def _letter_of(self, mutation: Mutation) -> str | None:
        for process in self._processes_in(mutation.file):
            element = process.elements.get(mutation.element)
            if element is not None and element.job is not None:
                letter = element.job.headers.get("letter")
                return None if letter is None else letter.literal
        return None

    def _processes_in(self, file: str) -> Iterator[ProcessInfo]:
        for process in self._policy.definitions.processes.values():
            if process.file == file:
                yield process

    def _by_rules(self, rules: Way) -> list[Outcome]:
        return [each for each in self._outcomes if each.rules & rules]

    def _by_flows(self, flows: Way) -> list[Outcome]:
        return [each for each in self._outcomes if each.flows & flows]

    def _by_form(self, form: str) -> list[Outcome]:
        """Return those that try what the form refuses.

        What is filled in as it must be goes the same way when less is asked for.
        """
        return [
            each
            for each in self._outcomes
            if self._first_try(self._scenarios[each.scenario], form) is not None
        ]

    def _first_try(self, scenario: Scenario, form: str) -> int | None:
        processes = self._policy.definitions.processes
        public = self._policy.settings.public
        elements = (each for one in processes.values() for each in one.elements.values())
        return first_try(
            scenario,
            {each.id for each in elements if each.form_id == form},
            starts=any(each.form_id == form for each in processes[scenario.process].starts),
            survey=public is not None and public.survey == form,
        )

    def _is_start(self, mutation: Mutation) -> bool:
        return any(
            process.elements[mutation.element].kind == "startEvent"
            for process in self._processes_in(mutation.file)
            if mutation.element in process.elements
        )

    def _rules_beside(self, place: str) -> Way:
        """Return the rules of the decision *place*, or of the one with that rule."""
        return frozenset(
            (decision.id, rule)
            for decision in self._policy.decisions.decisions.values()
            if place == decision.id or place in decision.rule_ids
            for rule in decision.rule_ids
        )

    def _flows_beside(self, mutation: Mutation) -> Iterator[tuple[str, str]]:
        for process in self._processes_in(mutation.file):
            ids = _around(process.elements, _sources(process, mutation.element))
            for flow in process.flows.values():
                if ids & {flow.source, flow.target}:
                    yield process.id, flow.id

    def _flows_near(self, mutation: Mutation) -> Iterator[tuple[str, str]]:
        """Yield the flows beside the mutated place, and beside what leads to it.

        What follows an event-based gateway waits as soon as that is reached.
        """
        for process in self._processes_in(mutation.file):
            ids = _around(process.elements, _sources(process, mutation.element))
            before = {flow.source for flow in process.flows.values() if flow.target in ids}
            ids |= _around(process.elements, before)
            for flow in process.flows.values():
                if ids & {flow.source, flow.target}:
                    yield process.id, flow.id


def _form_id(file: str) -> str:
    return file.removeprefix("forms/").removesuffix(".form")


def _sources(process: ProcessInfo, place: str) -> set[str]:
    """Return the element *place*, or the one that the flow *place* leaves."""
    flow = process.flows.get(place)
    return {place if flow is None else flow.source}


def _around(elements: Mapping[str, ElementInfo], ids: set[str]) -> set[str]:
    """Return *ids* with the activities that events among them are attached to."""
    attached = {elements[each].attached_to for each in ids if each in elements}
    return ids | {each for each in attached if each is not None}
