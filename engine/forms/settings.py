"""A setting of a component: a plain value, an expression, or a text with expressions."""

from dataclasses import dataclass

from engine.feel import Expression, Template
from engine.forms.context import Scope
from engine.model import Json


@dataclass(frozen=True, slots=True)
class Setting:
    """One of three: *expression* where there is one, *template*, else *plain*."""

    plain: Json = None
    expression: Expression | None = None
    template: Template | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is the same wherever it is read."""
        return self.expression is None and self.template is None

    def value(self, scope: Scope) -> Json:
        """Return what it comes to in *scope*."""
        if self.expression is not None:
            return scope.evaluate(self.expression)
        if self.template is not None:
            return scope.render(self.template)
        return self.plain


NOTHING = Setting()
