"""``complaintflow layout``: places the shapes of diagrams anew."""

from pathlib import Path

import click

from engine.cli.session import Session, pass_session
from engine.cli.spoken import SpokenCommand
from engine.diagram import lay_out
from engine.diagram.judge import judge


@click.command(cls=SpokenCommand)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the result goes; over the file itself unless said.",
)
@pass_session
def layout(session: Session, files: tuple[Path, ...], output: Path | None) -> None:
    """Place pools, lanes, shapes and flows of BPMN files anew; only the drawing changes."""
    if output is not None and len(files) > 1:
        raise session.fail("Expected one file together with --output, but there are more.")
    is_clean = True
    for file in files:
        laid_out = lay_out(file.read_bytes())
        (output or file).write_bytes(laid_out)
        report = judge(laid_out)
        session.say(
            "{file}: laid out, flows cross {count} times.",
            file=str(output or file),
            count=report.crossings,
        )
        for problem in report.problems:
            is_clean = False
            click.echo(f"  {problem.element}: {session.phrase(problem.what)}")
    if not is_clean:
        raise click.exceptions.Exit(1)
