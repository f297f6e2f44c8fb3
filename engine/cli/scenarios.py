"""``complaintflow scenarios``: example cases, and what of the policy they take."""

from dataclasses import dataclass

import click

from engine.cli.bundles import bundles_meant
from engine.cli.findings import print_findings
from engine.cli.session import Session, pass_session, print_json
from engine.cli.spoken import SpokenCommand
from engine.model import BundleInvalid, Json
from engine.policy import Bundle
from engine.policy.parts import read_parts
from engine.simulation import Cast, Coverage, Outcome, Stage, cast_beside, cover


@dataclass(frozen=True, slots=True)
class _Played:
    policy: str
    outcomes: tuple[Outcome, ...]
    coverage: Coverage


@click.command(cls=SpokenCommand)
@click.argument("policies", nargs=-1, metavar="[POLICY|FOLDER|ZIP]...")
@click.option("--only", multiple=True, metavar="NAME", help="Play only this scenario.")
@click.option("--strict", is_flag=True, help="Fail on what is never taken or proven too.")
@click.option("--json", "as_data", is_flag=True, help="Print for a machine.")
@pass_session
def scenarios(
    session: Session,
    policies: tuple[str, ...],
    only: tuple[str, ...],
    strict: bool,
    as_data: bool,
) -> None:
    """Play the scenarios of policies, and say which flows and rules they take."""
    cast = cast_beside(session.settings.policies)
    played = [
        _play(session, bundle, cast, only) for bundle in bundles_meant(session, policies)
    ]
    if as_data:
        print_json([_as_json(session, each) for each in played])
    else:
        for each in played:
            _report(session, each)
    if not all(outcome.passed for each in played for outcome in each.outcomes):
        raise click.exceptions.Exit(1)
    if strict and not all(each.coverage.is_complete for each in played):
        raise click.exceptions.Exit(1)


def _play(session: Session, bundle: Bundle, cast: Cast, only: tuple[str, ...]) -> _Played:
    scenarios = read_parts(bundle).scenarios
    for name in only:
        if name not in scenarios:
            raise session.fail(
                "Expected a scenario of {policy}, but there is none called {name}.",
                policy=bundle.key,
                name=name,
            )
    try:
        with Stage(bundle, cast) as stage:
            outcomes = tuple(
                stage.play(scenario)
                for scenario in scenarios.values()
                if not only or scenario.id in only
            )
            return _Played(bundle.key, outcomes, cover(stage.policy, outcomes))
    except BundleInvalid as refusal:
        print_findings(session, refusal.findings)
        raise


def _report(session: Session, played: _Played) -> None:
    for outcome in played.outcomes:
        mark = "✓" if outcome.passed else "✗"
        click.echo(f"{mark} {played.policy}/{outcome.scenario}: {outcome.name}")
        for difference in outcome.differences:
            click.echo(f"    {session.phrase(difference)}")
    coverage = played.coverage
    session.say(
        "{policy}: {passed} of {count} scenarios passed; {flows} of {all_flows} flows and "
        "{rules} of {all_rules} rules taken, {clauses} clauses proven.",
        policy=played.policy,
        passed=sum(outcome.passed for outcome in played.outcomes),
        count=len(played.outcomes),
        flows=len(coverage.flows_taken),
        all_flows=len(coverage.flows_taken) + len(coverage.flows_untaken),
        rules=len(coverage.rules_taken),
        all_rules=len(coverage.rules_taken) + len(coverage.rules_untaken),
        clauses=len(coverage.clauses_proven),
    )
    for process, flow in coverage.flows_untaken:
        session.say("  flow never taken: {process} {flow}", process=process, flow=flow)
    for decision, rule in coverage.rules_untaken:
        session.say("  rule never taken: {decision} {rule}", decision=decision, rule=rule)
    for clause in coverage.clauses_unproven:
        session.say("  clause not proven: {clause}", clause=clause)


def _as_json(session: Session, played: _Played) -> Json:
    coverage = played.coverage
    return {
        "policy": played.policy,
        "scenarios": [
            {
                "scenario": outcome.scenario,
                "name": outcome.name,
                "passed": outcome.passed,
                "differences": [session.phrase(each) for each in outcome.differences],
            }
            for outcome in played.outcomes
        ],
        "flows": {
            "taken": list(coverage.flows_taken),
            "untaken": list(coverage.flows_untaken),
        },
        "rules": {
            "taken": list(coverage.rules_taken),
            "untaken": list(coverage.rules_untaken),
        },
        "clauses": {
            "proven": list(coverage.clauses_proven),
            "unproven": list(coverage.clauses_unproven),
        },
    }
