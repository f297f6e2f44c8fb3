"""``complaintflow demo``: a year of made-up cases, loaded and removed again."""

import os
import sys
import time

import click

from engine.cli.installation import open_engine
from engine.cli.session import Session, pass_session
from engine.cli.spoken import SpokenGroup
from engine.model import SYSTEM, Sentence
from engine.queries.operations.demo import DemoData
from engine.simulation import cast_beside
from engine.simulation.year.loading import Progress, load_year, remove_year

_PARTS = 1000  #: Of the bar.


@click.group(cls=SpokenGroup)
def demo() -> None:
    """Load a year of made-up cases, for a demonstration, and remove it again."""


@demo.command("load")
@click.option("--seed", default=1, show_default=True, help="Another one, another year.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_session
def load(session: Session, seed: int, yes: bool) -> None:
    """Make demo cases of the last twelve months for every policy that is deployed."""
    began = time.monotonic()
    with open_engine(session) as engine:
        if not yes and not engine.ask(DemoData(), by=SYSTEM).is_demo:
            click.confirm(session.phrase(_REALLY), abort=True)
        cast = cast_beside(session.settings.policies)
        with click.progressbar(
            length=_PARTS, label=session.phrase(_MAKING), file=sys.stderr
        ) as bar:

            def show(progress: Progress) -> None:
                bar.label = session.phrase(
                    Sentence("Demo cases: {count}", {"count": progress.cases})
                )
                bar.update(int(progress.share * _PARTS) - bar.pos)

            processors = os.cpu_count() or 1
            cases = load_year(engine, cast, seed=seed, processors=processors, told=show)
    session.say(
        "Loaded {count} demo cases in {seconds} seconds. complaintflow demo remove takes"
        " them away again.",
        count=cases,
        seconds=round(time.monotonic() - began),
    )


@demo.command("remove")
@pass_session
def remove(session: Session) -> None:
    """Remove all demo cases with everything that belongs to them."""
    with open_engine(session) as engine:
        cases = engine.ask(DemoData(), by=SYSTEM).cases
        remove_year(engine)
    session.say("Removed {count} demo cases.", count=cases)


_MAKING = Sentence("Demo cases")
_REALLY = Sentence(
    "This installation is none for demonstrations. Demo cases stand beside the real ones in"
    " lists and figures, marked as such, until they are removed. Load them?"
)
