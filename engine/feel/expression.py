"""Expressions and unary tests: parsed once, evaluated many times, by any thread."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.feel import working_time
from engine.feel.builtins import BUILT_INS
from engine.feel.compiling.code import Code, Compiler, TestCode, code_of
from engine.feel.compiling.scope import Scope
from engine.feel.compiling.tests import tests_code
from engine.feel.context import Context
from engine.feel.errors import TooLarge
from engine.feel.outlook import possible_kinds
from engine.feel.run import Run, Warning_
from engine.feel.syntax import tree
from engine.feel.syntax.names import Names
from engine.feel.syntax.parser import parse, parse_tests
from engine.feel.syntax.reads import Path, Reads, reads_of
from engine.feel.types import Resolve, no_types
from engine.feel.values.json import from_json
from engine.feel.values.kinds import FeelValue
from engine.model import Json

_FUNCTIONS = Names((*BUILT_INS, *working_time.NAMES))
KEPT = 2048  #: Parsed expressions; the least recently used is forgotten.
LONGEST_KEPT = 1000  #: Characters; a longer one takes up to megabytes.


@dataclass(frozen=True, slots=True)
class Result:
    """A value, and why parts of it are null."""

    value: FeelValue
    warnings: tuple[Warning_, ...] = ()


class _Readable:
    """What expressions and unary tests have in common.

    Args:
        source: The text.
        reads: What it reads.
    """

    __slots__ = ("_candidates", "doubtful", "read_paths", "reads", "source")

    def __init__(self, source: str, reads: Reads) -> None:
        self.source = source
        self.reads = reads.roots
        self.read_paths: frozenset[Path] = reads.paths
        self.doubtful = reads.doubtful
        self._candidates = tuple(reads.candidates)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.source!r})"

    def scope(self, variables: Mapping[str, Json], context: Context, run: Run) -> Scope:
        """Return what it reads of *variables*, for an evaluation on the account *run*."""
        values = {
            name: from_json(variables[name])
            for name in self._candidates
            if name in variables
        }
        return Scope(values, Scope(context.functions, None, run), run)


class Expression(_Readable):
    """An expression, ready to be evaluated.

    `reads` are the variables that it names, `read_paths` the same with the members
    behind them, `doubtful` names that may be variables or members of a filtered list.
    """

    __slots__ = ("_code", "tree")

    def __init__(self, source: str, node: tree.Node, reads: Reads, code: Code) -> None:
        super().__init__(source, reads)
        self.tree, self._code = node, code

    def can_be(self, kind: str) -> bool:
        """Tell whether the text allows a value of *kind*, such as ``boolean``.

        Variables may hold anything; only what is plain from the text is denied.
        """
        kinds = possible_kinds(self.tree)
        return kinds is None or kind in kinds

    def evaluate(self, variables: Mapping[str, Json], context: Context) -> Result:
        """Return the value, with a warning for each part that is null for a reason.

        Raises:
            BudgetExceeded: If it would take too long, go too deep or grow too large.
        """
        scope = self.scope(variables, context, context.run())
        return Result(self.within(scope), tuple(scope.run.warnings))

    def within(self, scope: Scope) -> FeelValue:
        """Return the value within an evaluation that is under way."""
        try:
            return self._code(scope)
        except RecursionError:
            raise scope.run.too_deep() from None


class UnaryTests(_Readable):
    """The tests of a decision table's cell, ready to be carried out."""

    __slots__ = ("_code", "tree")

    def __init__(self, source: str, node: tree.Tests, reads: Reads, code: TestCode) -> None:
        super().__init__(source, reads)
        self.tree, self._code = node, code

    def evaluate(
        self, value: Json, variables: Mapping[str, Json], context: Context
    ) -> Result:
        """Tell whether *value* passes: true, false, or null if that cannot be said.

        Raises:
            BudgetExceeded: If it would take too long, go too deep or grow too large.
        """
        scope = self.scope(variables, context, context.run())
        return Result(self.within(scope, from_json(value)), tuple(scope.run.warnings))

    def within(self, scope: Scope, value: FeelValue) -> FeelValue:
        """Tell whether *value* passes within an evaluation that is under way."""
        try:
            return self._code(scope, value)
        except RecursionError:
            raise scope.run.too_deep() from None


def parse_expression(source: str, names: Collection[str] = ()) -> Expression:
    """Return the expression *source*; *names* helps with names that have signs in them.

    Raises:
        SyntaxProblem: If it is no FEEL; with its position.
    """
    if len(source) > LONGEST_KEPT:
        return compile_expression(source, Names(names), Names(names))
    return _kept_expression(source, tuple(sorted(names)))


def parse_unary_tests(source: str, names: Collection[str] = ()) -> UnaryTests:
    """Return the unary tests *source*, such as ``< 5, > 10`` or ``not("a", "b")``.

    Raises:
        SyntaxProblem: If it is no FEEL; with its position.
    """
    if len(source) > LONGEST_KEPT:
        return compile_tests(source, Names(names), Names(names))
    return _kept_tests(source, tuple(sorted(names)))


@lru_cache(maxsize=KEPT)
def _kept_expression(source: str, names: tuple[str, ...]) -> Expression:
    return compile_expression(source, Names(names), Names(names))


@lru_cache(maxsize=KEPT)
def _kept_tests(source: str, names: tuple[str, ...]) -> UnaryTests:
    return compile_tests(source, Names(names), Names(names))


def compile_expression(
    source: str, names: Names, members: Names, resolve: Resolve = no_types
) -> Expression:
    """Return the expression *source* of a model that defines names and types.

    Args:
        source: The text.
        names: The variables in scope.
        members: What may stand behind a dot.
        resolve: Finds the model's own types by name.
    """
    node = parse(source, names, members, _FUNCTIONS)
    try:
        code = code_of(node, Compiler(source, BUILT_INS, resolve))
        return Expression(source, node, reads_of(node, _FUNCTIONS), code)
    except RecursionError:
        raise _too_deep() from None


def compile_tests(
    source: str, names: Names, members: Names, resolve: Resolve = no_types
) -> UnaryTests:
    """Return the unary tests *source* of a model; see `compile_expression`."""
    node = parse_tests(source, names, members, _FUNCTIONS)
    try:
        code = tests_code(node, Compiler(source, BUILT_INS, resolve))
        return UnaryTests(source, node, reads_of(node, _FUNCTIONS), code)
    except RecursionError:
        raise _too_deep() from None


def _too_deep() -> TooLarge:
    return TooLarge(
        "Expected an expression that is nested less deeply, but it is too deep to read.",
        "depth",
    )
