"""What can be wrong with a form as its author drew it."""

from dataclasses import dataclass

from engine.model import EngineError, Sentence


class FormError(EngineError):
    """The file is no form that can be read at all."""


@dataclass(frozen=True, slots=True)
class FormProblem:
    """Something in a form that is not carried out, or not as its author means it."""

    component: str | None  #: Its id; None for the form as a whole.
    rule: str  #: Stable id, such as ``form-component-unsupported``.
    what: Sentence
    remedy: Sentence
