"""What the input element of a field needs: its type, its text, its options."""

from decimal import Decimal

from engine.forms.component import Component
from engine.forms.context import Scope
from engine.forms.inputs.choice import options, spelled
from engine.forms.inputs.file import accept, is_document
from engine.forms.inputs.moment import subtype
from engine.forms.view import OptionView
from engine.model import Json

_CHOICES = ("select", "radio", "checklist", "taglist")
_PICKERS = {"date": "date", "time": "time", "datetime": "datetime-local"}
_SHOWN = {"date": 10, "time": 5, "datetime": 16}  #: Of them what people type.
_SHAPES = {"date": 10, "time": 8, "datetime": 25}  #: Lengths of the ISO texts.


def typed(component: Component, value: Json) -> Json:
    """Return *value* as its input element takes it; what cannot be typed as it came."""
    if component.kind == "checkbox":
        return value is True
    if component.kind == "filepicker":
        files = value if isinstance(value, list) else []
        return [file for file in files if is_document(file)]
    if component.kind == "datetime" and _is_iso(component, value):
        return value[: _SHOWN[subtype(component)]]
    return "" if value is None else spelled(value)


def _is_iso(component: Component, value: Json) -> bool:
    kind = subtype(component)
    mark = {"date": 4, "time": 2, "datetime": 10}[kind]
    return (
        isinstance(value, str)
        and len(value) == _SHAPES[kind]
        and value[mark] in "-:T"
        and value.isascii()
    )


def attributes(component: Component, value: Json, scope: Scope) -> dict[str, str]:
    """Return the attributes of the input element besides name, id and value."""
    if component.kind == "textfield":
        return _of_text(component)
    if component.kind == "number":
        digits = component.plain("decimalDigits")
        signed = not _at_least_zero(component.setting("validate.min", scope))
        mode = "text" if signed else "numeric" if digits == 0 else "decimal"
        return {"type": "text", "inputmode": mode, "autocomplete": "off"}
    if component.kind == "datetime":
        # A picker would drop what it cannot show; a text field keeps it.
        fits = value is None or _is_iso(component, value)
        return {"type": _PICKERS[subtype(component)] if fits else "text"}
    if component.kind == "filepicker":
        accepted = {"accept": ",".join(accept(component, scope))}
        several = {"multiple": "multiple"} if component.flag("multiple", scope) else {}
        return {"type": "file", **(accepted if accepted["accept"] else {}), **several}
    return {}


def _of_text(component: Component) -> dict[str, str]:
    kind = component.plain("validate.validationType")
    if kind == "email":
        return {"type": "email", "autocomplete": "off"}
    if kind == "phone":
        return {"type": "tel", "autocomplete": "off"}
    return {"type": "text", "autocomplete": "off"}


def _at_least_zero(least: Json) -> bool:
    try:
        return least is not None and Decimal(str(least)) >= 0
    except ArithmeticError:
        return False


def chosen(component: Component, value: Json, scope: Scope) -> tuple[OptionView, ...]:
    """Return the options of a choice, and which are chosen; none for other fields."""
    if component.kind not in _CHOICES:
        return ()
    held = value if isinstance(value, list) else [] if value is None else [value]
    texts = {spelled(each) for each in held}
    return tuple(
        OptionView(option.text, option.label, option.text in texts)
        for option in options(component, scope)
    )
