"""``complaintflow pack``: a policy as a zip."""

from pathlib import Path

import click

from engine.cli.bundles import bundle_meant
from engine.cli.session import Session, pass_session
from engine.cli.spoken import SpokenCommand


@click.command(cls=SpokenCommand)
@click.argument("policy", metavar="POLICY|FOLDER")
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the zip goes; the policy's key and .zip unless said.",
)
@pass_session
def pack(session: Session, policy: str, output: Path | None) -> None:
    """Pack a policy with its forms as a zip, the same bytes for the same files."""
    bundle = bundle_meant(session, policy)
    target = output or Path(f"{bundle.key}.zip")
    target.write_bytes(bundle.pack())
    session.say(
        "Packed {count} files into {file}, digest {digest}.",
        count=len(bundle.files),
        file=str(target),
        digest=bundle.digest[:12],
    )
