"""What an element sets when a case goes through it: surely, or only at times."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.bpmn import ElementInfo
from engine.feel.shapes.demands import Demands, alternatives
from engine.forms import Form
from engine.forms.component import Component
from engine.forms.kinds import INPUT_SETTINGS
from engine.policy.outcomes import outcome_of
from engine.policy.shapes.variables import payload_of

#: Fields that are null when they are left empty; the others are false, or an empty list.
_MAY_BE_EMPTY = frozenset(
    ("textfield", "textarea", "number", "datetime", "select", "radio")
)


@dataclass(frozen=True, slots=True)
class Writes:
    """What is set.

    `unset` has, for each variable that may stay without a value, the conditions under
    which it does: one list of demands for each of them.
    """

    names: frozenset[str] = frozenset()
    unset: Mapping[str, tuple[Demands, ...]] = field(default_factory=dict)

    @property
    def surely(self) -> frozenset[str]:
        """What has a value afterwards in any case."""
        return self.names - self.unset.keys()


def writes_of(element: ElementInfo, forms: Mapping[str, Form]) -> Writes:
    """Return what *element* sets by itself; not what a process sets that it calls."""
    if element.outputs:
        targets = frozenset(mapping.target[0] for mapping in element.outputs)
        return Writes(targets)
    names = {*payload_of(element), *outcome_of(element)}
    if element.result_variable:
        names.add(element.result_variable)
    if element.loop and element.loop.output_collection:
        names.add(element.loop.output_collection)
    form = forms.get(element.form_id or "")
    if form is None:
        return Writes(frozenset(names))
    unset = _unset(form)
    return Writes(frozenset(names) | form.keys, unset)


def _unset(form: Form) -> dict[str, tuple[Demands, ...]]:
    """Return when each variable of *form* stays without a value."""
    found: dict[str, list[tuple[Demands, ...]]] = {}
    for name, conditions in _fields(form.components, ()):
        found.setdefault(name, []).append(conditions)
    # A variable of several fields is set by any of them; only a lone field can fail to.
    return {
        name: conditions[0]
        for name, conditions in found.items()
        if len(conditions) == 1 and conditions[0]
    }


def _fields(
    components: Sequence[Component], hidden: tuple[Demands, ...]
) -> Iterator[tuple[str, tuple[Demands, ...]]]:
    """Yield each variable with the conditions under which its field leaves it unset."""
    for component in components:
        away = (*hidden, *_hidden(component))
        if component.kind == "group" and not component.path:
            yield from _fields(component.children, away)
        elif component.path and component.kind in INPUT_SETTINGS:
            yield component.path[0], ((),) if _may_stay_empty(component) else away
        elif component.path and component.kind != "button":
            yield component.path[0], away


def _hidden(component: Component) -> tuple[Demands, ...]:
    if component.hide.expression is None:
        return ()
    return tuple(alternatives(component.hide.expression.tree, True))


def _may_stay_empty(component: Component) -> bool:
    if component.kind not in _MAY_BE_EMPTY or len(component.path) > 1:
        return False
    required = component.settings.get("validate.required")
    fixed = required is not None and (required.expression is not None or required.plain)
    preset = component.preset.expression is not None or component.preset.plain is not None
    return not fixed and not preset
