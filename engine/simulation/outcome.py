"""What came of a scenario."""

from dataclasses import dataclass

from engine.model import Sentence


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a scenario went as written, and the way that its case took."""

    scenario: str
    name: str
    differences: tuple[Sentence, ...] = ()  #: Each says what was expected and what was.
    flows: frozenset[tuple[str, str]] = frozenset()  #: Process and flow.
    rules: frozenset[tuple[str, str]] = frozenset()  #: Decision and rule.
    clauses: frozenset[str] = frozenset()  #: Proven by it; none unless it passed.

    @property
    def passed(self) -> bool:
        """Tell whether everything went as written."""
        return not self.differences
