"""The account of an evaluation of decisions: which tables were carried out, and where."""

from dataclasses import replace

from engine.dmn.outcome import TableTrace
from engine.feel.context import Context
from engine.feel.errors import BudgetExceeded, FeelError
from engine.feel.run import Run, Warning_
from engine.feel.values.json import to_json
from engine.feel.values.kinds import FeelValue
from engine.feel.values.text import literal_text
from engine.model import Json, Sentence

MOST_TABLES = 1000  #: Traces of one evaluation; a table in a loop would fill the memory.


class DecisionRun(Run):
    """Adds to an account the tables that were carried out.

    Args:
        context: The surroundings of the evaluation.
    """

    __slots__ = ("_elements", "tables")

    def __init__(self, context: Context) -> None:
        super().__init__(context.limits, context.moment)
        self.tables: list[TableTrace] = []
        self._elements: list[str] = []

    def begin(self, element: str) -> None:
        """Go into the logic of *element*."""
        self._elements.append(element)

    def end(self) -> None:
        """Come out of it."""
        self._elements.pop()

    def warn(self, warning: Warning_) -> None:
        """Keep *warning* with the element whose logic gave it."""
        if warning.element is None and self._elements:
            warning = replace(warning, element=self._elements[-1])
        super().warn(warning)

    def record(self, trace: TableTrace) -> None:
        """Keep what a table did."""
        if len(self.tables) < MOST_TABLES:
            self.tables.append(trace)
        else:
            template = "More than {limit} tables were carried out; the rest are not listed."
            self.warn(Warning_("many-tables", Sentence(template, {"limit": MOST_TABLES})))


def shown(value: FeelValue, run: Run) -> Json:
    """Return *value* as JSON; what JSON cannot hold, as it would be written in FEEL."""
    try:
        return to_json(value, run)
    except BudgetExceeded:
        raise
    except FeelError:
        return literal_text(value, run)
