"""Conditions, calls, and functions that an expression defines."""

from collections.abc import Mapping, Sequence

from engine.feel.compiling.code import Code, Compiler, Place, code_of
from engine.feel.compiling.operators import warn_not_boolean
from engine.feel.compiling.scope import Scope
from engine.feel.errors import NoValue
from engine.feel.run import OBJECT, Run
from engine.feel.syntax import tree
from engine.feel.types import FeelType, TypedFunction, coerce, type_of
from engine.feel.values.comparison import in_range
from engine.feel.values.kinds import FeelFunction, FeelValue, Range, kind_words

#: Functions that exist to ask about null: their arguments give no warnings.
_ASK_FOR_NULL = frozenset(("is defined", "get or else", "is blank", "is empty"))


@code_of.register(tree.If)
def _if(node: tree.If, compiler: Compiler) -> Code:
    condition, chosen, otherwise = (
        code_of(part, compiler) for part in (node.condition, node.chosen, node.otherwise)
    )
    place = compiler.place(node)

    def choice(scope: Scope) -> FeelValue:
        answer = condition(scope)
        if answer is True:
            return chosen(scope)
        if answer is not False and answer is not None:
            warn_not_boolean(answer, scope.run, place)
        return otherwise(scope)

    return choice


@code_of.register(tree.Call)
def _call(node: tree.Call, compiler: Compiler) -> Code:
    function, place = code_of(node.function, compiler), compiler.place(node.function)
    arguments = [code_of(argument, compiler) for argument in node.arguments]
    quiet = isinstance(node.function, tree.Name) and node.function.name in _ASK_FOR_NULL

    def call(scope: Scope) -> FeelValue:
        called = function(scope)
        if quiet:
            scope.run.hush()
        values = [argument(scope) for argument in arguments]
        if quiet:
            scope.run.speak()
        if isinstance(called, Range) and len(values) == 1:
            return in_range(values[0], called, scope.run)
        return invoke(called, values, scope.run, place)

    return call


@code_of.register(tree.NamedCall)
def _named_call(node: tree.NamedCall, compiler: Compiler) -> Code:
    function, place = code_of(node.function, compiler), compiler.place(node.function)
    arguments = [(name, code_of(argument, compiler)) for name, argument in node.arguments]

    def call(scope: Scope) -> FeelValue:
        called = function(scope)
        values = {name: argument(scope) for name, argument in arguments}
        return invoke(called, values, scope.run, place)

    return call


def invoke(
    function: FeelValue,
    arguments: Sequence[FeelValue] | Mapping[str, FeelValue],
    run: Run,
    place: Place,
) -> FeelValue:
    """Call *function* by position or by name; what has no value is null with a warning."""
    if not isinstance(function, FeelFunction):
        place.warn(
            run,
            "not-a-function",
            "Expected a function to call, but got {value}.",
            value=kind_words(function),
        )
        return None
    run.spend()
    try:
        if isinstance(arguments, Mapping):
            result = function.invoke_named(arguments, run)
        else:
            result = function.invoke(arguments, run)
    except NoValue as reason:
        place.report(run, "wrong-argument", reason.sentence)
        return None
    except RecursionError:
        raise run.too_deep() from None
    return result


class Closure(TypedFunction):
    """A function that an expression defines, with the scope that it was defined in.

    Args:
        parameters: The names of its parameters, with their types where these are given.
        body: What it does.
        scope: Where it was defined.
    """

    __slots__ = ("_body", "_parameters", "_scope", "_types")

    def __init__(
        self, parameters: Mapping[str, FeelType | None], body: Code, scope: Scope
    ) -> None:
        self._parameters, self._types = tuple(parameters), tuple(parameters.values())
        self._body, self._scope = body, scope

    @property
    def parameters(self) -> Sequence[str]:
        """The names of its parameters."""
        return self._parameters

    @property
    def types(self) -> tuple[FeelType | None, ...]:
        """Their types."""
        return self._types

    def invoke(self, arguments: Sequence[FeelValue], run: Run) -> FeelValue:
        """Call it by position; arguments are made to fit the types of the parameters."""
        if len(arguments) != len(self._parameters):
            raise NoValue(
                "Expected {wanted} arguments, but got {given}.",
                wanted=len(self._parameters),
                given=len(arguments),
            )
        values: dict[str, FeelValue] = {}
        for name, wanted, given in zip(
            self._parameters, self._types, arguments, strict=True
        ):
            values[name] = _fitting(name, wanted, given, run)
        run.enter()
        try:
            return self._body(Scope(values, self._scope, run))
        finally:
            run.leave()

    def invoke_named(self, arguments: Mapping[str, FeelValue], run: Run) -> FeelValue:
        """Call it by the names of its parameters."""
        if set(arguments) != set(self._parameters):
            raise NoValue(
                "Expected the arguments {wanted}, but got {given}.",
                wanted=", ".join(self._parameters),
                given=", ".join(arguments),
            )
        return self.invoke([arguments[name] for name in self._parameters], run)


def _fitting(name: str, wanted: FeelType | None, given: FeelValue, run: Run) -> FeelValue:
    if wanted is None:
        return given
    value = coerce(given, wanted, run)
    if value is None and given is not None:
        raise NoValue(
            "The argument “{name}” cannot be {given}.", name=name, given=kind_words(given)
        )
    return value


@code_of.register(tree.FunctionOf)
def _function(node: tree.FunctionOf, compiler: Compiler) -> Code:
    body, place = code_of(node.body, compiler), compiler.place(node)
    parameters = {
        name: type_of(wanted, compiler.resolve) if wanted else None
        for name, wanted in node.parameters
    }
    if node.external:
        return lambda scope: place.warn(
            scope.run, "external-function", "Functions of other languages are not called."
        )

    def function(scope: Scope) -> FeelValue:
        scope.run.take(2 * OBJECT)  # It keeps the scope, too.
        return Closure(parameters, body, scope)

    return function
