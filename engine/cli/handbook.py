"""``complaintflow handbook``: a policy as Markdown with pictures."""

from pathlib import Path

import click

from engine.cli.bundles import bundles_meant
from engine.cli.session import Session, pass_session
from engine.cli.spoken import SpokenCommand
from engine.handbook import make_handbook
from engine.policy import load


@click.command(cls=SpokenCommand)
@click.argument("policies", nargs=-1, metavar="[POLICY|FOLDER|ZIP]...")
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("handbook"),
    show_default=True,
    help="The folder that gets one folder for each policy.",
)
@pass_session
def handbook(session: Session, policies: tuple[str, ...], output: Path) -> None:
    """Write policies as people read them: pictures, tables, clauses, example cases."""
    for bundle in bundles_meant(session, policies):
        folder = output / bundle.key
        folder.mkdir(parents=True, exist_ok=True)
        files = make_handbook(load(bundle))
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8", newline="\n")
        session.say(
            "{policy}: {count} files in {folder}.",
            policy=bundle.key,
            count=len(files),
            folder=str(folder),
        )
