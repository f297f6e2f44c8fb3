"""What an evaluation is given besides the variables: the moment, functions, a budget."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from engine.feel.run import Budget, Run
from engine.feel.values.kinds import FeelFunction

_BUDGET = Budget()


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of an evaluation.

    Args:
        now: What ``now()`` and ``today()`` tell, with a time zone.
        functions: More functions, by the names that expressions call them.
        budget: What one evaluation may spend; a usual one if None.
        zone: In which zone ``now()`` and ``today()`` tell it; that of *now* if None.
    """

    now: datetime
    functions: Mapping[str, FeelFunction] = field(default_factory=dict)
    budget: Budget | None = None
    zone: tzinfo | None = None

    @property
    def limits(self) -> Budget:
        """What one evaluation may spend."""
        return self.budget or _BUDGET

    @property
    def moment(self) -> datetime:
        """The moment, in the zone in which it is told."""
        return self.now if self.zone is None else self.now.astimezone(self.zone)

    def run(self) -> Run:
        """Open the account of a new evaluation."""
        return Run(self.limits, self.moment)
