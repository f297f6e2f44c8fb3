"""``python -m engine.cli.mutation_run 12``: carries out a run that a page began."""

import os
import sys

from engine.cli.installation import open_engine
from engine.cli.session import Session, default_language
from engine.settings import read_settings
from engine.simulation import cast_beside
from engine.simulation.mutation import record_run

_MILDLY = 10  #: How far it stands back behind the pages, which may be on this machine.


def main(run_id: int) -> None:
    """Judge every mutation, beside people who work."""
    os.nice(_MILDLY)
    session = Session(default_language(), read_settings())
    with open_engine(session) as engine:
        cast = cast_beside(session.settings.policies)
        record_run(engine, run_id, cast, os.cpu_count() or 1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
