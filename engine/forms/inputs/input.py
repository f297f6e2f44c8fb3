"""What the form asks of every kind of input."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from engine.forms.component import Component
from engine.forms.context import Scope
from engine.model import Json, Sentence


class Input(Protocol):
    """One kind of value that people enter."""

    @property
    def empty(self) -> Json:
        """The value of a field that was left empty."""

    def missing(self, component: Component) -> Sentence:
        """Ask for the value of a field that is required and empty."""

    def read(self, component: Component, texts: Sequence[str]) -> Json:
        """Return what a browser sent as a typed value; the text where it is none."""

    def settle(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return *value* in the one form that is stored, unchanged where it has none."""

    def adopt(self, component: Component, value: Json, scope: Scope) -> Json:
        """Return what the field shows of a variable's *value*; empty where nothing."""

    def faults(self, component: Component, value: Json, scope: Scope) -> Iterator[Sentence]:
        """Say what is wrong with a settled *value* that is not empty."""


def is_empty(value: Json) -> bool:
    """Tell whether nothing was entered; an unticked box is nothing."""
    return value is None or value is False or value in ("", [])
