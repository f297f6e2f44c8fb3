"""``python -m engine.cli.demo_run load``: loads or removes demo data for a page."""

import os
import sys

from engine.cli.installation import open_engine
from engine.cli.session import Session, default_language
from engine.settings import read_settings
from engine.simulation import cast_beside
from engine.simulation.year.loading import load_year, remove_year

_MILDLY = 10  #: How far it stands back behind the pages, which may be on this machine.

_SEED = 1


def main(work: str) -> None:
    """Do it beside people who work."""
    os.nice(_MILDLY)
    session = Session(default_language(), read_settings())
    with open_engine(session) as engine:
        if work == "remove":
            remove_year(engine, begun=True)
            return
        cast = cast_beside(session.settings.policies)
        load_year(engine, cast, seed=_SEED, processors=os.cpu_count() or 1, begun=True)


if __name__ == "__main__":
    main(sys.argv[1])
