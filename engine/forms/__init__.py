"""Forms drawn in a modeler: what people may enter, what is wrong with it, what is stored.

Pure: a form is read from its JSON, and everything else comes as arguments. HTML pages,
uploads and the case's variables are elsewhere.
"""

from engine.forms.context import FormContext
from engine.forms.form import Errors, Form, parse_form
from engine.forms.problems import FormError, FormProblem
from engine.forms.rows import with_row_added, with_row_removed
from engine.forms.showing import Showing
from engine.forms.view import FaultView, FieldView, FormView, ItemView, OptionView

__all__ = [
    "Errors",
    "FaultView",
    "FieldView",
    "Form",
    "FormContext",
    "FormError",
    "FormProblem",
    "FormView",
    "ItemView",
    "OptionView",
    "Showing",
    "parse_form",
    "with_row_added",
    "with_row_removed",
]
