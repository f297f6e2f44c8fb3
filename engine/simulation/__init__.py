"""The same engine on another clock, in memory: scenarios and what they cover.

It changes nothing outside of itself. Nothing in here decides how a case goes on; it gives
commands as people would, lets time pass, and compares.
"""

from engine.simulation.cast import Cast, cast_beside, read_cast
from engine.simulation.company import bring_in
from engine.simulation.coverage import Coverage, cover
from engine.simulation.outcome import Outcome
from engine.simulation.scenario import read_scenario, run_scenario
from engine.simulation.stage import Stage

__all__ = [
    "Cast",
    "Coverage",
    "Outcome",
    "Stage",
    "bring_in",
    "cast_beside",
    "cover",
    "read_cast",
    "read_scenario",
    "run_scenario",
]
