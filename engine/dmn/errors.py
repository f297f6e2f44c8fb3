"""What is wrong with decision models.

The ids of what is checked when they are read:

==================== =================================================================
``dmn-unreadable``   the file is no DMN, or cannot be read
``dmn-too-many``     more decisions, columns or cells than are carried out
``dmn-too-deep``     boxes or types are nested too deeply
``dmn-id-twice``     an id stands twice in a file
``dmn-id-length``    an id is empty, or too long to be kept
``dmn-twice``        a decision's id is taken in another file
``dmn-names``        an element needs two others of one name
``dmn-reference``    a requirement leads nowhere
``dmn-circle``       elements need each other in a circle
``dmn-no-logic``     a decision decides nothing
``dmn-external``     a function in Java or PMML
``dmn-unsupported``  an expression of a kind that DMN does not know
``dmn-language``     an expression in another language than FEEL
``dmn-syntax``       an expression that is no FEEL
``dmn-type``         a type that nothing defines
``dmn-hit-policy``   there is no such hit policy
``dmn-aggregation``  there is no such aggregation, or the hit policy takes none
``dmn-aggregated``   an output that cannot be aggregated
``dmn-no-order``     a ranking hit policy without output values to rank by
``dmn-no-input``     an input column that asks nothing
``dmn-no-output``    a table without an output column
``dmn-no-rule``      a table without a rule
``dmn-cells``        a rule without a cell for each column
``dmn-output-names`` output columns that have no names of their own
==================== =================================================================

`engine.dmn.analysis` finds what is wrong with tables that can be carried out.
"""

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
