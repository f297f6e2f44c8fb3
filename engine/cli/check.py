"""``complaintflow check``: everything that is wrong with policies."""

import click

from engine.cli.bundles import bundles_meant
from engine.cli.findings import as_json, print_findings
from engine.cli.session import Session, pass_session, print_json
from engine.cli.spoken import SpokenCommand
from engine.model import BundleInvalid, Finding
from engine.policy import check as check_bundle


@click.command(cls=SpokenCommand)
@click.argument("policies", nargs=-1, metavar="[POLICY|FOLDER|ZIP]...")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--json", "as_data", is_flag=True, help="Print for a machine.")
@pass_session
def check(session: Session, policies: tuple[str, ...], strict: bool, as_data: bool) -> None:
    """Say everything that is wrong with policies: where, what, and what to do."""
    found = _findings(session, policies)
    if as_data:
        print_json(
            [
                {"policy": name, **as_json(session, finding)}
                for name, findings in found
                for finding in findings
            ]
        )
    else:
        for name, findings in found:
            _report(session, name, findings)
    failing = {"error", "warning"} if strict else {"error"}
    if any(each.severity in failing for _, findings in found for each in findings):
        raise click.exceptions.Exit(1)


def _findings(
    session: Session, policies: tuple[str, ...]
) -> list[tuple[str, tuple[Finding, ...]]]:
    try:
        bundles = bundles_meant(session, policies)
    except BundleInvalid as refusal:  # A zip that cannot even be opened.
        return [(", ".join(policies), refusal.findings)]
    return [(bundle.key or "?", check_bundle(bundle)) for bundle in bundles]


def _report(session: Session, name: str, findings: tuple[Finding, ...]) -> None:
    errors = sum(finding.severity == "error" for finding in findings)
    print_findings(session, findings)
    if findings:
        session.say(
            "{policy}: {errors} errors, {others} warnings.",
            policy=name,
            errors=errors,
            others=len(findings) - errors,
        )
    else:
        session.say("{policy}: nothing is wrong.", policy=name)
