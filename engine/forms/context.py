"""What the expressions of a form may read, and in whose language it speaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.feel import (
    BudgetExceeded,
    Context,
    Expression,
    FeelError,
    FeelFunction,
    Template,
    to_json,
)
from engine.model import Json, Variables

_CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class FormContext:
    """The surroundings of a form that is shown or filled in."""

    variables: Variables  #: The case's, with the facts such as ``case`` and ``directory``.
    now: datetime
    zone: ZoneInfo = _CHINA  #: The policy's; times typed without one are in it.
    functions: Mapping[str, FeelFunction] = field(default_factory=dict)
    language: str = "zh_CN"

    def feel(self) -> Context:
        """Return it as expressions want it."""
        return Context(now=self.now, functions=self.functions, zone=self.zone)


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that are visible at one place of a form."""

    names: Mapping[str, Json]
    around: FormContext
    feel: Context
    #: What each expression came to last, and the values that it read then.
    memory: dict[Expression, tuple[list[Json], Json]] = field(default_factory=dict)

    def within(self, names: Mapping[str, Json]) -> "Scope":
        """Return the scope of something inside, whose *names* come first."""
        return replace(self, names={**self.names, **names})

    def evaluate(self, expression: Expression) -> Json:
        """Return the value of *expression*; null where it is no data, such as a function.

        Raises:
            BudgetExceeded: If it takes too long or too much.
        """
        reads = [self.names.get(name) for name in expression.reads | expression.doubtful]
        known = self.memory.get(expression)
        if known is not None and all(map(_same, known[0], reads)):
            return known[1]
        try:
            value = to_json(expression.evaluate(self.names, self.feel).value)
        except BudgetExceeded:
            raise
        except (FeelError, ArithmeticError):  # It reads what is no data, such as infinity.
            value = None
        self.memory[expression] = reads, value
        return value

    def render(self, template: Template) -> str:
        """Return the text of *template* with its expressions filled in."""
        try:
            return template.render(self.names, self.feel)[0]
        except BudgetExceeded:
            raise
        except (FeelError, ArithmeticError):
            return ""


def _same(one: Json, other: Json) -> bool:
    """Tell at a glance whether two values are the same; long ones only if they are one."""
    short = isinstance(one, str | int) and type(one) is type(other)
    return one is other or (short and bool(one == other))
