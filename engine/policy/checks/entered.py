"""What the forms of a policy tell of the values that come to its tables."""

from collections.abc import Iterable, Iterator

from engine.dmn.analysis import Given
from engine.forms.component import Component
from engine.forms.settings import NOTHING
from engine.policy.checks.elements import all_elements
from engine.policy.parts import Parts

Path = tuple[str, ...]
_CHOICES = ("select", "radio")
_ENTERED = (*_CHOICES, "textfield", "textarea", "number", "datetime")


def given_by_forms(parts: Parts) -> Given:
    """Return which texts forms offer for variables, and which they let be empty.

    A variable counts as empty at times only where every form that has it shows it to
    everyone without asking for it, and nothing but forms sets it.
    """
    texts: dict[Path, dict[str, str]] = {}
    asked: dict[Path, list[bool]] = {}
    for form in parts.forms.values():
        for path, field in _fields(form.components, ()):
            if field.kind in _CHOICES:
                texts.setdefault(path, {}).update(_offered(field))
            if field.kind in _ENTERED:
                asked.setdefault(path, []).append(_is_asked_for(field))
            else:
                asked.setdefault(path, []).append(True)
    written = {name for element in all_elements(parts) for name in element.writes}
    return Given(
        texts,
        frozenset(
            path
            for path, askings in asked.items()
            if not any(askings) and path[0] not in written
        ),
    )


def _fields(
    components: Iterable[Component], before: Path
) -> Iterator[tuple[Path, Component]]:
    """Give the fields whose values are variables, or members of them; no rows of lists."""
    for component in components:
        path = before + component.path
        if component.kind == "group":
            yield from _fields(component.children, path)
        elif component.path and not component.children:
            yield path, component


def _offered(field: Component) -> Iterator[tuple[str, str]]:
    """Give the texts that a field lets people choose, with what they read for each."""
    listed = field.plain("values")
    for entry in listed if isinstance(listed, list) else ():
        value, label = entry, ""
        if isinstance(entry, dict):
            value, label = entry.get("value"), str(entry.get("label") or "")
        if isinstance(value, str) and value:
            yield value, label


def _is_asked_for(field: Component) -> bool:
    """Tell whether it must be filled, or depends on others whether it is there."""
    required = field.settings.get("validate.required", NOTHING)
    hidden_at_times = field.hide is not NOTHING
    return hidden_at_times or not required.is_plain or required.plain is True
