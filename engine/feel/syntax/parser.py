"""Parses expressions and unary tests, by the operators' binding (a Pratt parser)."""

from collections.abc import Callable
from typing import TypeVar

from engine.feel.errors import SyntaxProblem, TooLarge
from engine.feel.syntax import tree
from engine.feel.syntax.names import Names
from engine.feel.syntax.primaries import ABOVE_COMPARISON, COMPARISONS, PrimaryParser
from engine.model import Sentence

_Tree = TypeVar("_Tree")
#: Members that dates, times and ranges have, and whose names are no single words.
MEMBERS = ("time offset", "start included", "end included")
_BINDING: dict[str, float] = {
    "or": 1,
    "and": 2,
    "between": 3,
    "in": 3,
    **dict.fromkeys(COMPARISONS, 3),
    "+": 4,
    "-": 4,
    "*": 5,
    "/": 5,
    "**": 6,
    "instance": 8,
    ".": 9,
    "[": 9,
    "(": 9,
}
_ARITHMETIC = frozenset(("+", "-", "*", "/", "**"))


class Parser(PrimaryParser):
    """Reads one expression."""

    def whole_expression(self) -> tree.Node:
        """Take an expression with nothing behind it."""
        node = self.expression()
        if not self.at_end:
            raise self.problem(Sentence("an operator or the end"))
        return node

    def expression(self, binding: float = 0, *, ends_range: bool = False) -> tree.Node:
        """Take an expression whose operators bind closer than *binding*."""
        self.go_deeper()
        node = self._continued(self.primary(), binding, ends_range=ends_range)
        self.depth -= 1
        return node

    def _continued(self, left: tree.Node, binding: float, *, ends_range: bool) -> tree.Node:
        """Take the operators behind *left*."""
        while True:
            operator = self.sign() or self.word() or ""
            strength = _BINDING.get(operator, 0)
            if strength <= binding or (ends_range and self.closes_range()):
                return left
            left = self._operation(left, operator, strength, ends_range)

    def _operation(
        self, left: tree.Node, operator: str, strength: float, ends_range: bool
    ) -> tree.Node:
        place = self.at
        self.move_to(place + len(operator))
        if operator in _ARITHMETIC:
            right = self.expression(strength, ends_range=ends_range)
            return tree.Arithmetic(place, operator, left, right)
        if operator in COMPARISONS:
            right = self.expression(strength, ends_range=ends_range)
            return tree.Comparison(place, operator, left, right)
        others: dict[str, Callable[[tree.Node, int], tree.Node]] = {
            "or": self._or,
            "and": self._and,
            "between": self._between,
            "in": self._in,
            "instance": self._instance,
            ".": self._path,
            "[": self._filter,
            "(": self._call,
        }
        return others[operator](left, place)

    def _or(self, left: tree.Node, place: int) -> tree.Node:
        right = self.expression(_BINDING["or"])
        terms = left.terms if isinstance(left, tree.Or) else (left,)
        return tree.Or(left.at, (*terms, right))

    def _and(self, left: tree.Node, place: int) -> tree.Node:
        right = self.expression(_BINDING["and"])
        terms = left.terms if isinstance(left, tree.And) else (left,)
        return tree.And(left.at, (*terms, right))

    def _between(self, left: tree.Node, place: int) -> tree.Node:
        low = self.expression(ABOVE_COMPARISON)
        self.expect_word("and")
        return tree.Between(place, left, low, self.expression(ABOVE_COMPARISON))

    def _instance(self, left: tree.Node, place: int) -> tree.Node:
        self.expect_word("of")
        return tree.InstanceOf(place, left, self.type())

    def _path(self, left: tree.Node, place: int) -> tree.Node:
        return tree.Path(place, left, self.known_name((self.members, self.names)))

    def _filter(self, left: tree.Node, place: int) -> tree.Node:
        outer = self.names
        self.names = Names(("item",), outer)
        self.filters += 1
        condition = self.expression()
        self.filters -= 1
        self.names = outer
        self.expect("]")
        return tree.Filter(place, left, condition)

    # Calls

    def _call(self, function: tree.Node, place: int) -> tree.Node:
        if self.take(")"):
            return tree.Call(place, function, ())
        if self.word() is not None:
            start = self.at
            name = self.free_name()
            if self.sign() == ":":
                return self._named_call(function, place, name)
            self.at = start
        arguments = [self.expression()]
        while self.take(","):
            arguments.append(self.expression())
        self.expect(")")
        return tree.Call(place, function, tuple(arguments))

    def _named_call(self, function: tree.Node, place: int, name: str) -> tree.Node:
        arguments: list[tuple[str, tree.Node]] = []
        while True:
            self.expect(":")
            arguments.append((name, self.expression()))
            if self.take(")"):
                return tree.NamedCall(place, function, tuple(arguments))
            self.expect(",")
            name = self.free_name()

    # Tests

    def _in(self, left: tree.Node, place: int) -> tree.Node:
        start = self.at
        if not self.take("("):
            return tree.In(place, left, (self._test(ABOVE_COMPARISON),))
        # A parenthesis may hold several tests, or begin a range or a plain expression.
        tests = [self._test(0)]
        while self.take(","):
            tests.append(self._test(0))
        if len(tests) > 1:
            self.expect(")")
            return tree.In(place, left, tuple(tests))
        begun = self._parenthesis_of(start, tests[0])
        wanted = self._continued(begun, ABOVE_COMPARISON, ends_range=False)
        return tree.In(place, left, (tree.ValueTest(start, wanted),))

    def _parenthesis_of(self, start: int, test: tree.Test) -> tree.Node:
        if isinstance(test, tree.OperatorTest):
            self.expect(")")
            return tree.OpenRange(start, test.operator, test.operand)
        if self.take(".."):
            return self.range_end(start, test.expression, low_included=False)
        self.expect(")")
        return test.expression

    def _tests(self, binding: float) -> tuple[tree.Test, ...]:
        tests = [self._test(binding)]
        while self.take(","):
            tests.append(self._test(binding))
        return tuple(tests)

    def _test(self, binding: float) -> tree.Test:
        start = self.at
        operator = self.sign()
        if operator in COMPARISONS:
            self.take(operator)
            return tree.OperatorTest(start, operator, self.expression(ABOVE_COMPARISON))
        return tree.ValueTest(start, self.expression(binding))

    def whole_tests(self) -> tree.Tests:
        """Take unary tests with nothing behind them (DMN 10.3.1.2, grammar rule 15)."""
        start = self.at
        if self.text[start:].strip() == "-":
            return tree.Tests(start, ())
        negated = self._negated_tests(start)
        if negated is not None:
            return negated
        tests = self._tests(0)
        if not self.at_end:
            raise self.problem(Sentence("a comma or the end"))
        return tree.Tests(start, tests)

    def _negated_tests(self, start: int) -> tree.Tests | None:
        if self.take_word("not") and self.take("("):
            depth, names, filters = self.depth, self.names, self.filters
            try:
                tests = self._tests(0)
                self.expect(")")
                if self.at_end:
                    return tree.Tests(start, tests, negated=True)
            except SyntaxProblem:
                self.depth, self.names, self.filters = depth, names, filters
        self.at = start
        return None


def parse(text: str, names: Names, members: Names, functions: Names) -> tree.Node:
    """Return the tree of the expression *text*."""
    return _guarded(Parser.whole_expression, text, names, members, functions)


def parse_tests(text: str, names: Names, members: Names, functions: Names) -> tree.Tests:
    """Return the tree of the unary tests *text*."""
    within = Names(("?",), names)
    return _guarded(Parser.whole_tests, text, within, members, functions)


def _guarded(
    read: Callable[[Parser], _Tree],
    text: str,
    names: Names,
    members: Names,
    functions: Names,
) -> _Tree:
    # What the expression itself names must not become known to other expressions.
    parser = Parser(text, names, Names(MEMBERS, members), functions)
    try:
        return read(parser)
    except RecursionError:
        raise TooLarge(
            "Expected an expression that is nested less deeply, but it is too deep to"
            " read.",
            "depth",
        ) from None
