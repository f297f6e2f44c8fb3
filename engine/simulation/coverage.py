"""What scenarios took of a policy, and what they never did."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.policy.loaded import LoadedPolicy
from engine.simulation.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Coverage:
    """Flows are pairs of process and flow, rules of decision and rule."""

    flows_taken: tuple[tuple[str, str], ...]
    flows_untaken: tuple[tuple[str, str], ...]
    rules_taken: tuple[tuple[str, str], ...]
    rules_untaken: tuple[tuple[str, str], ...]
    clauses_proven: tuple[str, ...]
    clauses_unproven: tuple[str, ...]  #: Of those that are behaviour.

    @property
    def is_complete(self) -> bool:
        """Tell whether everything was taken and proven."""
        return not (self.flows_untaken or self.rules_untaken or self.clauses_unproven)


def cover(policy: LoadedPolicy, outcomes: Iterable[Outcome]) -> Coverage:
    """Return what *outcomes* together cover of *policy*."""
    flows: set[tuple[str, str]] = set()
    rules: set[tuple[str, str]] = set()
    proven: set[str] = set()
    for outcome in outcomes:
        flows |= outcome.flows
        rules |= outcome.rules
        proven |= outcome.clauses
    all_flows = _flows(policy)
    all_rules = _rules(policy)
    return Coverage(
        flows_taken=tuple(each for each in all_flows if each in flows),
        flows_untaken=tuple(each for each in all_flows if each not in flows),
        rules_taken=tuple(each for each in all_rules if each in rules),
        rules_untaken=tuple(each for each in all_rules if each not in rules),
        clauses_proven=tuple(clause for clause in policy.clauses if clause in proven),
        clauses_unproven=tuple(
            clause.id
            for clause in policy.clauses.values()
            if clause.is_behaviour and clause.id not in proven
        ),
    )


def _flows(policy: LoadedPolicy) -> list[tuple[str, str]]:
    return [
        (process.id, flow.id)
        for process in policy.definitions.processes.values()
        for flow in process.flows.values()
        if flow.drawn
    ]


def _rules(policy: LoadedPolicy) -> list[tuple[str, str]]:
    return [
        (decision.id, rule)
        for decision in policy.decisions.decisions.values()
        for rule in decision.rule_ids
    ]
