"""Changes one thing of a policy at a time, and tells whether its scenarios notice.

What no scenario notices is a rule that nobody guards: it could be broken by a slip of the
hand, and every check would stay green. It changes nothing outside of itself.
"""

from engine.simulation.mutation.judging import Verdict, judge_all
from engine.simulation.mutation.mutations import mutations
from engine.simulation.mutation.recording import record_run
from engine.simulation.mutation.word import KINDS, NAMES, Kind, Mutation

__all__ = [
    "KINDS",
    "NAMES",
    "Kind",
    "Mutation",
    "Verdict",
    "judge_all",
    "mutations",
    "record_run",
]
