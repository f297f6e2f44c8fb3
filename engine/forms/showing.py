"""Shows variables in the words of the forms that they were entered on."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from engine.feel import Expression, parse_template
from engine.feel.syntax import tree
from engine.forms.component import Component
from engine.forms.context import FormContext, Scope
from engine.forms.form import Form
from engine.forms.inputs.choice import spelled
from engine.forms.wording import interleaved, readable
from engine.model import Json

Path = tuple[str, ...]
_CHOICES = ("select", "radio", "checklist", "taglist")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Showing:
    """Turns values into what people read on paper.

    Args:
        forms: Those of the policy; a variable is shown as the field that it came from.
        context: What expressions read.
        yes: What is written for true.
        no: What is written for false.
    """

    def __init__(
        self, forms: Iterable[Form], context: FormContext, *, yes: str, no: str
    ) -> None:
        self._forms = forms
        self._scope = Scope(context.variables, context, context.feel())
        self._zone = context.zone
        self._words = {True: yes, False: no}

    def value(self, expression: Expression, row: Mapping[str, Json] | None = None) -> Json:
        """Return what *expression* comes to, in a *row* of a list where one is given.

        Raises:
            BudgetExceeded: If it takes too long or too much.
        """
        scope = self._scope if row is None else self._scope.within(row)
        return scope.evaluate(expression)

    def text(
        self,
        expression: Expression,
        *,
        labels: Mapping[str, str] | None = None,
        row: Mapping[str, Json] | None = None,
        within: Path = (),
    ) -> str:
        """Return what *expression* comes to, as people read it; nothing for null.

        Args:
            expression: What to show.
            labels: Words that stand for some values.
            row: The row of a list that it reads first.
            within: The path of that list.
        """
        value = self.value(expression, row)
        listed = value if isinstance(value, list) else [value]
        if labels and any(spelled(each) in labels for each in listed):
            return "、".join(
                labels.get(spelled(each), self._plain(each)) for each in listed
            )
        path = path_of(expression)
        if path is not None:
            for component in self._fields.get((*within, *path), ()):
                told = self._as_entered(component, value)
                if told is not None:
                    return told
        return self._plain(value)

    def html(self, text: str) -> str:
        """Return Markdown with expressions as HTML that is safe to show."""
        return interleaved(parse_template(text), self.text)

    @cached_property
    def _fields(self) -> dict[Path, list[Component]]:
        """The fields of all forms by the paths of their variables."""
        found: dict[Path, list[Component]] = {}
        for form in self._forms:
            for path, component in _fields_of(form.components):
                found.setdefault(path, []).append(component)
        return found

    def _as_entered(self, component: Component, value: Json) -> str | None:
        """Return a choice in the words of its option; None where it has no such option."""
        if component.kind not in _CHOICES or value in (None, "", []):
            return None
        told = readable(component, value, self._scope)
        listed = value if isinstance(value, list) else [value]
        return None if told == "、".join(map(spelled, listed)) else told

    def _plain(self, value: Json) -> str:
        match value:
            case None:
                return ""
            case bool():
                return self._words[value]
            case str():
                return _dated(value, self._zone)
            case list():
                return "、".join(filter(None, map(self._plain, value)))
            case dict():
                if "document" in value:
                    return str(value.get("name", ""))
                return "；".join(
                    f"{key} {self._plain(each)}" for key, each in value.items()
                )
            case Decimal():
                return f"{value.normalize():f}"
            case _:
                return spelled(value)


def path_of(expression: Expression) -> Path | None:
    """Return the path of a variable that *expression* names, and nothing else."""
    names: list[str] = []
    node = expression.tree
    while isinstance(node, tree.Path):
        names.append(node.name)
        node = node.value
    if not isinstance(node, tree.Name):
        return None
    return (node.name, *reversed(names))


def _fields_of(
    components: Sequence[Component], before: Path = ()
) -> Iterator[tuple[Path, Component]]:
    for component in components:
        path = (*before, *component.path)
        if component.kind in ("group", "dynamiclist"):
            yield from _fields_of(component.children, path)
        elif component.path:
            yield path, component


def _dated(text: str, zone: ZoneInfo) -> str:
    """Return a day or a moment as it is written in China; any other text as it is."""
    try:
        if _DAY.fullmatch(text):
            day = date.fromisoformat(text)
            return f"{day.year}年{day.month}月{day.day}日"
        if _MOMENT.fullmatch(text):
            moment = datetime.fromisoformat(text)
            there = moment.astimezone(zone) if moment.tzinfo else moment
            return f"{there.year}年{there.month}月{there.day}日 {there:%H:%M}"
    except ValueError:
        return text
    return text
