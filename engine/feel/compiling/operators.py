"""Literals, names, logic, comparison and arithmetic."""

from collections.abc import Callable
from decimal import Decimal

from engine.feel.compiling.code import Code, Compiler, Place, code_of
from engine.feel.compiling.scope import Scope
from engine.feel.errors import NoValue
from engine.feel.run import OBJECT, Run
from engine.feel.syntax import tree
from engine.feel.types import instance_of, type_of
from engine.feel.values import arithmetic
from engine.feel.values.comparison import compare, equal, order_fits
from engine.feel.values.kinds import FeelValue, kind_words
from engine.feel.values.literals import parse_temporal

_ARITHMETIC: dict[str, Callable[[FeelValue, FeelValue], FeelValue]] = {
    "+": arithmetic.add,
    "-": arithmetic.subtract,
    "*": arithmetic.multiply,
    "/": arithmetic.divide,
    "**": arithmetic.power,
}
_STEPS_OF_POWER = 16  #: A power takes as long as so many other operations.
_LONG = 1000  #: Characters from which comparing texts counts as steps.


@code_of.register(tree.Literal)
def _literal(node: tree.Literal, compiler: Compiler) -> Code:
    value = node.value
    return lambda scope: value


@code_of.register(tree.AtLiteral)
def _at_literal(node: tree.AtLiteral, compiler: Compiler) -> Code:
    value, text, place = parse_temporal(node.text), node.text, compiler.place(node)
    if value is not None:
        return lambda scope: value

    def nothing(scope: Scope) -> FeelValue:
        place.warn(
            scope.run,
            "wrong-literal",
            "Expected a date, time or duration, but “{text}” is none of them.",
            text=text,
        )
        return None

    return nothing


@code_of.register(tree.Name)
def _name(node: tree.Name, compiler: Compiler) -> Code:
    name, place = node.name, compiler.place(node)
    function = compiler.functions.get(name)

    def read(scope: Scope) -> FeelValue:
        here: Scope | None = scope
        while here is not None:
            values = here.values
            if name in values:
                return values[name]
            here = here.outer
        if function is None:
            place.warn(
                scope.run, "unknown-name", "There is nothing called “{name}”.", name=name
            )
        return function

    return read


@code_of.register(tree.Negation)
def _negation(node: tree.Negation, compiler: Compiler) -> Code:
    operand, place = code_of(node.operand, compiler), compiler.place(node)
    if isinstance(node.operand, tree.Literal):
        constant = arithmetic.negate(node.operand.value)
        if constant is not None:
            return lambda scope: constant

    def negation(scope: Scope) -> FeelValue:
        value = operand(scope)
        result = arithmetic.negate(value)
        if result is None:
            place.warn(
                scope.run,
                "wrong-operands",
                "Expected a number or a duration behind the minus, but got {operand}.",
                operand=kind_words(value),
            )
        return result

    return negation


@code_of.register(tree.And)
def _and(node: tree.And, compiler: Compiler) -> Code:
    return _logic(node, node.terms, compiler, decisive=False)


@code_of.register(tree.Or)
def _or(node: tree.Or, compiler: Compiler) -> Code:
    return _logic(node, node.terms, compiler, decisive=True)


def _logic(
    node: tree.Node, terms: tuple[tree.Node, ...], compiler: Compiler, *, decisive: bool
) -> Code:
    codes, place = [code_of(term, compiler) for term in terms], compiler.place(node)

    def logic(scope: Scope) -> FeelValue:
        result: bool | None = not decisive
        for code in codes:
            value = code(scope)
            if value is decisive:
                return decisive
            if value is not (not decisive):
                result = None
                if value is not None:
                    warn_not_boolean(value, scope.run, place)
        return result

    return logic


def warn_not_boolean(value: FeelValue, run: Run, place: Place) -> None:
    """Keep the warning that *value* should have been true or false."""
    place.warn(
        run,
        "not-boolean",
        "Expected a yes or no, but got {value}.",
        value=kind_words(value),
    )


def _is_null(node: tree.Node) -> bool:
    return isinstance(node, tree.Literal) and node.value is None


@code_of.register(tree.Comparison)
def _comparison(node: tree.Comparison, compiler: Compiler) -> Code:
    left, right = code_of(node.left, compiler), code_of(node.right, compiler)
    if node.operator not in ("=", "!="):
        return _ordering(node.operator, left, right, compiler.place(node))
    wanted, place = node.operator == "=", compiler.place(node)
    # Asking whether something is null is no reason to warn that it may be.
    asks_for_null = _is_null(node.left) or _is_null(node.right)

    def equality(scope: Scope) -> FeelValue:
        run = scope.run
        if asks_for_null:
            run.hush()
        mine, theirs = left(scope), right(scope)
        if asks_for_null:
            run.speak()
        same = equal(mine, theirs, run)
        if same is None:
            warn_not_comparable(mine, theirs, run, place)
            return None
        return same is wanted

    return equality


def _ordering(operator: str, left: Code, right: Code, place: Place) -> Code:
    def ordering(scope: Scope) -> FeelValue:
        mine, theirs = left(scope), right(scope)
        if isinstance(mine, str) and len(mine) > _LONG:
            scope.run.spend(len(mine) // _LONG)
        order = compare(mine, theirs)
        if order is None:
            warn_not_comparable(mine, theirs, scope.run, place)
            return None
        return order_fits(operator, order)

    return ordering


def warn_not_comparable(left: FeelValue, right: FeelValue, run: Run, place: Place) -> None:
    """Keep the warning that the two values have nothing in common."""
    place.warn(
        run,
        "not-comparable",
        "{left} cannot be compared with {right}.",
        left=kind_words(left),
        right=kind_words(right),
    )


@code_of.register(tree.Arithmetic)
def _arithmetic(node: tree.Arithmetic, compiler: Compiler) -> Code:
    left, right = code_of(node.left, compiler), code_of(node.right, compiler)
    compute, operator, place = (
        _ARITHMETIC[node.operator],
        node.operator,
        compiler.place(node),
    )

    steps = _STEPS_OF_POWER if operator == "**" else 0

    def computation(scope: Scope) -> FeelValue:
        mine, theirs = left(scope), right(scope)
        if steps:
            scope.run.spend(steps)
        try:
            result = compute(mine, theirs)
        except (ArithmeticError, NoValue):
            result = None
        if result is None:
            place.warn(
                scope.run,
                "wrong-operands",
                "{left} {operator} {right} has no result.",
                left=kind_words(mine),
                operator=operator,
                right=kind_words(theirs),
            )
        elif isinstance(result, str):
            scope.run.take_text(result)
        elif not isinstance(result, Decimal):
            scope.run.take(OBJECT)
        return result

    return computation


@code_of.register(tree.Between)
def _between(node: tree.Between, compiler: Compiler) -> Code:
    value, low, high = (
        code_of(part, compiler) for part in (node.value, node.low, node.high)
    )
    place = compiler.place(node)

    def between(scope: Scope) -> FeelValue:
        found, least, most = value(scope), low(scope), high(scope)
        above, below = compare(found, least), compare(found, most)
        if above is None or below is None:
            warn_not_comparable(found, least if above is None else most, scope.run, place)
            return None
        return above >= 0 and below <= 0

    return between


@code_of.register(tree.InstanceOf)
def _instance(node: tree.InstanceOf, compiler: Compiler) -> Code:
    value, wanted = code_of(node.value, compiler), type_of(node.type, compiler.resolve)
    return lambda scope: instance_of(value(scope), wanted, scope.run)
