"""What can go wrong with an expression, and which of it is an error rather than null."""

from engine.model import EngineError

Position = tuple[int, int]  #: Line and column, both counted from one.


class FeelError(EngineError):
    """An expression that cannot be carried out.

    Args:
        template: An English sentence with ``{named}`` values.
        position: Where in the expression, if that is known.
        values: The values in the sentence.
    """

    def __init__(
        self, template: str, /, position: Position | None = None, **values: object
    ) -> None:
        super().__init__(template, **values)
        self.position = position


class SyntaxProblem(FeelError):
    """The text is no FEEL."""


class BudgetExceeded(FeelError):
    """The evaluation was stopped. This never becomes null.

    Args:
        template: An English sentence with ``{named}`` values.
        budget: Which limit was reached: steps, depth, seconds, size or memory.
        values: The values in the sentence.
    """

    def __init__(
        self,
        template: str,
        /,
        budget: str,
        position: Position | None = None,
        **values: object,
    ) -> None:
        super().__init__(template, position, budget=budget, **values)
        self.budget = budget


class TooLarge(SyntaxProblem, BudgetExceeded):
    """The text is longer or deeper than any expression that a person writes.

    Args:
        template: An English sentence with ``{named}`` values.
        budget: Which limit was reached: size or depth.
        position: Where in the expression, if that is known.
        values: The values in the sentence.
    """

    def __init__(
        self,
        template: str,
        /,
        budget: str,
        position: Position | None = None,
        **values: object,
    ) -> None:
        BudgetExceeded.__init__(self, template, budget, position, **values)


class NoValue(EngineError):
    """An operation that FEEL defines to give null; caught where it is called."""
