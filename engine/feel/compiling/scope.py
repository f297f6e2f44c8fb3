"""The values that an expression can name: its own, and those around it."""

from collections.abc import Mapping

from engine.feel.run import Run
from engine.feel.values.kinds import FeelValue


class Scope:
    """Some named values in front of those of the surroundings.

    Args:
        values: The values by name.
        outer: The scope around this one.
        run: The account of the evaluation.
    """

    __slots__ = ("outer", "run", "values")

    def __init__(
        self, values: Mapping[str, FeelValue], outer: "Scope | None", run: Run
    ) -> None:
        self.values, self.outer, self.run = values, outer, run

    def within(self, values: Mapping[str, FeelValue]) -> "Scope":
        """Return a scope with *values* in front of this one."""
        return Scope(values, self, self.run)
