"""A single box that is ticked or not."""

from collections.abc import Iterator, Sequence

from engine.forms.component import Component
from engine.forms.context import Scope
from engine.model import Json, Sentence

_TICKED = {"on", "true", "1"}


class Tick:
    """True or false."""

    empty = False

    def missing(self, component: Component) -> Sentence:
        """Ask for the tick."""
        return Sentence("Tick this to go on.")

    def read(self, component: Component, texts: Sequence[str]) -> Json:
        """Return whether it was ticked; a browser sends nothing for an empty box."""
        given = [text for text in texts if text not in ("", "false")]
        if not given:
            return False
        return True if _TICKED.issuperset(given) else given[0]

    def settle(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return false for nothing."""
        return False if value is None else value

    def adopt(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return true for true only."""
        return value is True

    def faults(self, component: Component, value: Json, scope: Scope) -> Iterator[Sentence]:
        """Say where it is neither."""
        if not isinstance(value, bool):
            yield Sentence("Tick this or leave it empty.")
