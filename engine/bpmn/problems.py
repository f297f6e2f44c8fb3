"""What is wrong with a model, said all at once: where, what, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.model import EngineError, Sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a file that we would not carry out right."""

    file: str
    element: str | None  #: Id of the element, or None for the file itself.
    rule: str  #: Stable id of the rule, such as ``bpmn-unsupported``.
    what: Sentence
    remedy: Sentence


class ModelError(EngineError):
    """A file that cannot be carried out.

    Args:
        file: The file.
        element: The element in it, where one is to blame.
    """

    def __init__(
        self,
        template: str,
        /,
        *,
        file: str | None = None,
        element: str | None = None,
        **values: object,
    ) -> None:
        super().__init__(template, file=file, element=element, **values)
        self.file = file
        self.element = element


class ModelErrors(ModelError):
    """A set of files that cannot be carried out.

    Args:
        problems: Everything that is wrong with them.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            "Expected diagrams without errors, but found {count}: {first}",
            count=len(self.problems),
            first=self.problems[0].what,
        )
