"""``complaintflow deploy``: makes a policy available to new cases."""

import click

from engine.cli.bundles import bundle_meant
from engine.cli.findings import as_json, print_findings
from engine.cli.installation import open_engine
from engine.cli.session import Session, pass_session, print_json
from engine.cli.spoken import SpokenCommand
from engine.commands.policies.deployments import DeployBundle
from engine.model import SYSTEM, BundleInvalid


@click.command(cls=SpokenCommand)
@click.argument("policy", metavar="POLICY|FOLDER|ZIP")
@click.option("--inactive", is_flag=True, help="Let new cases stay on the version before.")
@click.option("--json", "as_data", is_flag=True, help="Print for a machine.")
@pass_session
def deploy(session: Session, policy: str, inactive: bool, as_data: bool) -> None:
    """Check a policy and make it available; new cases take it at once."""
    bundle = bundle_meant(session, policy)
    with open_engine(session) as engine:
        try:
            deployment = engine.run(DeployBundle(bundle, activate=not inactive), by=SYSTEM)
        except BundleInvalid as refusal:
            if as_data:
                print_json([as_json(session, finding) for finding in refusal.findings])
            else:
                print_findings(session, refusal.findings)
            raise
    if as_data:
        print_json(
            {"policy": bundle.key, "deployment": deployment, "digest": bundle.digest}
        )
    else:
        session.say(
            "Deployed {policy}, digest {digest}.",
            policy=bundle.key,
            digest=bundle.digest[:12],
        )
