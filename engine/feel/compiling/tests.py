"""Unary tests: the cells of decision tables, and what stands behind ``in``."""

from engine.feel.compiling.code import Code, Compiler, Place, TestCode, code_of
from engine.feel.compiling.operators import warn_not_comparable
from engine.feel.compiling.scope import Scope
from engine.feel.run import Run
from engine.feel.syntax import tree
from engine.feel.values.comparison import equal, holds, in_range
from engine.feel.values.kinds import FeelValue, Range


def tests_code(node: tree.Tests, compiler: Compiler) -> TestCode:
    """Return what the tests of a cell do: true, false, or null if that is not known."""
    if not node.tests:
        return lambda scope, value: True
    some = _any_of(tuple(_test_code(test, compiler) for test in node.tests))
    if not node.negated:
        return some

    def none_of(scope: Scope, value: FeelValue) -> FeelValue:
        result = some(scope, value)
        return not result if isinstance(result, bool) else None

    return none_of


def _any_of(codes: tuple[TestCode, ...]) -> TestCode:
    if len(codes) == 1:
        return codes[0]

    def some(scope: Scope, value: FeelValue) -> FeelValue:
        result: FeelValue = False
        for code in codes:
            passed = code(scope, value)
            if passed is True:
                return True
            if passed is None:
                result = None
        return result

    return some


@code_of.register(tree.In)
def _in(node: tree.In, compiler: Compiler) -> Code:
    value = code_of(node.value, compiler)
    test = _any_of(tuple(_test_code(test, compiler) for test in node.tests))
    return lambda scope: test(scope, value(scope))


def _test_code(test: tree.Test, compiler: Compiler) -> TestCode:
    if isinstance(test, tree.OperatorTest):
        return _operator_test(test, compiler)
    code = code_of(test.expression, compiler)
    if any(
        node.name == "?" for node in tree.every_node(test) if isinstance(node, tree.Name)
    ):
        return lambda scope, value: code(scope.within({"?": value}))
    if isinstance(test.expression, tree.RangeOf):
        return _range_test(test.expression, code, compiler)
    return _value_test(code, compiler.place(test))


def _value_test(code: Code, place: Place) -> TestCode:
    def matched(scope: Scope, value: FeelValue) -> FeelValue:
        wanted = code(scope)
        result = passes(value, wanted, scope.run)
        if result is None:
            end = wanted if not isinstance(wanted, Range) else wanted.low or wanted.high
            warn_not_comparable(value, end, scope.run, place)
        return result

    return matched


def _operator_test(test: tree.OperatorTest, compiler: Compiler) -> TestCode:
    code, operator, place = (
        code_of(test.operand, compiler),
        test.operator,
        compiler.place(test),
    )

    def compared(scope: Scope, value: FeelValue) -> FeelValue:
        operand = code(scope)
        result = holds(operator, value, operand, scope.run)
        if result is None:
            warn_not_comparable(value, operand, scope.run, place)
        return result

    return compared


def _range_test(node: tree.RangeOf, code: Code, compiler: Compiler) -> TestCode:
    place = compiler.place(node)

    def within(scope: Scope, value: FeelValue) -> FeelValue:
        limits = code(scope)
        if not isinstance(limits, Range):
            return None
        result = in_range(value, limits, scope.run)
        if result is None:
            warn_not_comparable(value, limits.low, scope.run, place)
        return result

    return within


def passes(value: FeelValue, wanted: FeelValue, run: Run) -> FeelValue:
    """Tell whether *value* is *wanted*, or in it if that is a list or a range."""
    if isinstance(wanted, Range):
        return in_range(value, wanted, run)
    if not isinstance(wanted, list):
        return equal(value, wanted, run)
    if isinstance(value, list) and equal(value, wanted, run) is True:
        return True
    return any(_is_item(value, item, run) is True for item in wanted)


def _is_item(value: FeelValue, item: FeelValue, run: Run) -> bool | None:
    run.spend()
    if isinstance(item, Range) and not isinstance(value, Range):
        return in_range(value, item, run)
    return equal(value, item, run)
