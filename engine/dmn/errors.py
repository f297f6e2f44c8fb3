"""What is wrong with decision models."""

from dataclasses import dataclass

from engine.model import EngineError, Sentence


@dataclass(frozen=True, slots=True)
class DmnProblem:
    """Something in a file because of which it cannot be carried out."""

    file: str
    element: str | None  #: Id of the decision, rule, clause or other element.
    rule: str  #: Stable id of what was checked, such as ``dmn-syntax``.
    what: Sentence
    remedy: Sentence
    line: int | None = None


class DmnError(EngineError):
    """A decision cannot be read or evaluated."""


class DmnProblems(DmnError):
    """The files cannot be carried out.

    Args:
        problems: All that was found, at least one.
    """

    def __init__(self, problems: tuple[DmnProblem, ...]) -> None:
        first = problems[0]
        super().__init__(
            "Expected decisions that can be carried out, but {count} problems were found; "
            "the first in {file}, {element}: {what}",
            count=len(problems),
            file=first.file,
            element=first.element or "–",
            what=first.what,
        )
        self.problems = problems
