"""What each kind of input takes: from a browser, from JSON, and what fits.

One module a kind of value. What the fields look like is not decided here.
"""

from engine.forms.inputs.choice import OneOf, SomeOf
from engine.forms.inputs.file import Files
from engine.forms.inputs.input import Input
from engine.forms.inputs.moment import Moment
from engine.forms.inputs.number import Number
from engine.forms.inputs.text import Text
from engine.forms.inputs.tick import Tick

#: The input of each component type.
INPUTS: dict[str, Input] = {
    "textfield": Text(longest=1_000),
    "textarea": Text(longest=20_000),
    "number": Number(),
    "datetime": Moment(),
    "select": OneOf(),
    "radio": OneOf(),
    "checkbox": Tick(),
    "checklist": SomeOf(),
    "taglist": SomeOf(),
    "filepicker": Files(),
}
