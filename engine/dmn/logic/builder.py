"""Compiles the texts of one file, and collects what is wrong with them."""

from collections.abc import Callable

from engine.dmn.errors import DmnProblem
from engine.dmn.graph import Graph
from engine.dmn.logic.item_types import ItemTypes
from engine.dmn.logic.table import Owner, Table
from engine.dmn.reading.elements import DmnFile, ItemDefinition, LiteralExpression
from engine.feel.compiling.code import Code, Place
from engine.feel.compiling.scope import Scope
from engine.feel.errors import SyntaxProblem
from engine.feel.expression import (
    Expression,
    UnaryTests,
    compile_expression,
    compile_tests,
)
from engine.feel.syntax.names import Names
from engine.feel.types import UNKNOWN, FeelType
from engine.feel.values.kinds import FeelValue
from engine.model import Sentence

FIX_EXPRESSION = Sentence("Correct the expression in the table or diagram.")


def nothing(scope: Scope) -> FeelValue:
    """Give null: the code of what is empty, or cannot be carried out."""
    return None


class Builder:
    """Compiles the texts of *file*.

    Args:
        graph: All files.
        file: The file.
        report: Told of everything that cannot be carried out.
    """

    def __init__(
        self, graph: Graph, file: DmnFile, report: Callable[[DmnProblem], None]
    ) -> None:
        self.file, self._report = file, report
        self.members = graph.members(file)
        self.types = ItemTypes(graph, file, self.members, self._report_item)
        self.reads: set[str] = set()  #: What the owner's texts read besides its own names.
        self.doubtful: set[str] = set()  #: What they may read.
        self.mentioned: set[str] = set()  #: All that they name.
        self.owner = Owner("", "")
        self.tables: list[Table] = []  #: All of the file, for the analysis.

    @property
    def place(self) -> Place:
        """Where warnings come from that no position in a text explains."""
        return Place(None, self.owner.name)

    def type(self, type_ref: str | None, element: str) -> FeelType:
        """Return the type that *element* names."""
        found = self.types.named(type_ref)
        if found is UNKNOWN:
            self.problem(
                element,
                "dmn-type",
                Sentence("The type “{type}” is not defined.", {"type": type_ref}),
                Sentence("Choose a type of FEEL, or define it in the file."),
            )
        return found

    def literal(self, literal: LiteralExpression | None, names: Names) -> Code:
        """Return the code of an expression; an empty one gives null."""
        if literal is None or not literal.text:
            return nothing
        expression = self.expression(literal.text, literal.element, names, literal.line)
        return nothing if expression is None else expression.within

    def expression(
        self, text: str, element: str, names: Names, line: int | None = None
    ) -> Expression | None:
        """Return the compiled *text*, or None if it does not parse, which is reported."""
        try:
            compiled = compile_expression(text, names, self.members, self.types.named)
        except SyntaxProblem as problem:
            self._report_syntax(element, text, problem, line)
            return None
        self._note(compiled, names)
        return compiled

    def tests(
        self, text: str, element: str, names: Names, line: int | None = None
    ) -> UnaryTests | None:
        """Return the compiled tests, or None if they do not parse, which is reported."""
        try:
            compiled = compile_tests(text, names, self.members, self.types.named)
        except SyntaxProblem as problem:
            self._report_syntax(element, text, problem, line)
            return None
        self._note(compiled, names)
        return compiled

    def begin(self, owner: Owner) -> None:
        """Compile the logic of *owner* from here on."""
        self.owner = owner
        self.reads, self.doubtful, self.mentioned = set(), set(), set()

    def _note(self, compiled: Expression | UnaryTests, names: Names) -> None:
        self.reads |= {name for name in compiled.reads if name not in names}
        self.doubtful |= {name for name in compiled.doubtful if name not in names}
        self.mentioned |= compiled.reads | compiled.doubtful

    def report_languages(self) -> None:
        """Report what is not written in FEEL."""
        for foreign in self.file.foreign:
            self.problem(
                foreign.element,
                "dmn-language",
                Sentence(
                    "The expression is written in “{language}”.",
                    {"language": foreign.language},
                ),
                Sentence("Write it in FEEL; other languages are not carried out."),
                foreign.line,
            )

    def problem(
        self,
        element: str | None,
        rule: str,
        what: Sentence,
        remedy: Sentence,
        line: int | None = None,
    ) -> None:
        """Report what cannot be carried out."""
        self._report(DmnProblem(self.file.file, element, rule, what, remedy, line))

    def _report_syntax(
        self, element: str, text: str, problem: SyntaxProblem, line: int | None
    ) -> None:
        what = Sentence(
            "“{text}” is no expression: {reason}",
            {"text": text, "reason": problem.sentence},
        )
        self.problem(element, "dmn-syntax", what, FIX_EXPRESSION, line)

    def _report_item(self, item: ItemDefinition, problem: SyntaxProblem) -> None:
        text = item.allowed if item.constraint is None else item.constraint
        self._report_syntax(item.name, text or "", problem, item.line)
