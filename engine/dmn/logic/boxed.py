"""Compiles boxed expressions (DMN 10.2.2); tables are in `engine.dmn.logic.tables`."""

from dataclasses import dataclass
from functools import singledispatch

from engine.dmn.logic.builder import Builder, nothing
from engine.dmn.logic.fitting import fitted
from engine.dmn.reading.elements import (
    Boxed,
    BoxedContext,
    BoxedFilter,
    BoxedList,
    Conditional,
    FunctionDefinition,
    Invocation,
    Iteration,
    LiteralExpression,
    Relation,
    Unsupported,
)
from engine.feel.compiling.calls import Closure, invoke
from engine.feel.compiling.code import Code, Place
from engine.feel.compiling.contexts import filter_items
from engine.feel.compiling.loops import items_of, warn_domain
from engine.feel.compiling.operators import warn_not_boolean
from engine.feel.compiling.scope import Scope
from engine.feel.errors import NoValue
from engine.feel.syntax.names import Names
from engine.feel.types import FeelType
from engine.feel.values.kinds import FeelValue
from engine.model import Sentence


@singledispatch
def _code_of(node: Boxed, builder: Builder, names: Names) -> Code:
    raise TypeError(f"no code for {type(node).__name__}")


register = _code_of.register  #: For `engine.dmn.logic.tables`.


def code_of(node: Boxed | None, builder: Builder, names: Names) -> Code:
    """Return what a boxed expression does; none at all gives null."""
    if node is None:
        return nothing
    code = _code_of(node, builder, names)
    if isinstance(node, FunctionDefinition):
        return code  # Its type is that of its result.
    wanted = builder.type(node.type_ref, node.element)
    return fitted(code, wanted, builder.owner.name)


@register(LiteralExpression)
def _literal(node: LiteralExpression, builder: Builder, names: Names) -> Code:
    return builder.literal(node, names)


@register(Unsupported)
def _unsupported(node: Unsupported, builder: Builder, names: Names) -> Code:
    builder.problem(
        node.element,
        "dmn-unsupported",
        Sentence(
            "An expression of the kind “{tag}” is not carried out.", {"tag": node.tag}
        ),
        Sentence("Use a decision table or an expression in FEEL."),
        node.line,
    )
    return nothing


@register(BoxedContext)
def _context(node: BoxedContext, builder: Builder, names: Names) -> Code:
    names = Names((), names)
    entries: list[tuple[str | None, Code]] = []
    for entry in node.entries:
        code = code_of(entry.value, builder, names)
        if entry.variable is None:
            entries.append((None, code))
            continue
        if not isinstance(entry.value, FunctionDefinition):
            wanted = builder.type(entry.variable.type_ref, node.element)
            code = fitted(code, wanted, entry.variable.name)
        entries.append((entry.variable.name, code))
        names.add(entry.variable.name)

    def context(scope: Scope) -> FeelValue:
        result: dict[str, FeelValue] = {}
        within = scope.within(result)
        for name, code in entries:
            if name is None:
                return code(within)
            result[name] = code(within)
        return result

    return context


@register(Invocation)
def _invocation(node: Invocation, builder: Builder, names: Names) -> Code:
    function = code_of(node.function, builder, names)
    bindings = {name: code_of(value, builder, names) for name, value in node.bindings}
    place = builder.place

    def invocation(scope: Scope) -> FeelValue:
        arguments = {name: code(scope) for name, code in bindings.items()}
        return invoke(function(scope), arguments, scope.run, place)

    return invocation


@register(FunctionDefinition)
def _function(node: FunctionDefinition, builder: Builder, names: Names) -> Code:
    if node.kind != "FEEL":
        builder.problem(
            node.element,
            "dmn-external",
            Sentence("A function of the kind “{kind}” is not called.", {"kind": node.kind}),
            Sentence("Write the function in FEEL."),
            node.line,
        )
        return nothing
    parameters, body = function_parts(node, builder, names)
    return lambda scope: Closure(parameters, body, scope)


def function_parts(
    node: FunctionDefinition, builder: Builder, names: Names
) -> tuple[dict[str, FeelType | None], Code]:
    """Return the parameters of a function with their types, and what it does."""
    parameters: dict[str, FeelType | None] = {
        parameter.name: builder.type(parameter.type_ref, node.element)
        for parameter in node.parameters
    }
    return parameters, code_of(node.body, builder, Names(parameters, names))


@register(Relation)
def _relation(node: Relation, builder: Builder, names: Names) -> Code:
    columns = [
        (column.name, builder.type(column.type_ref, node.element))
        for column in node.columns
    ]
    rows = [
        [
            (name, fitted(code_of(cell, builder, names), wanted, name))
            for (name, wanted), cell in zip(columns, row, strict=False)
        ]
        for row in node.rows
    ]
    return lambda scope: [{name: code(scope) for name, code in row} for row in rows]


@register(BoxedList)
def _list(node: BoxedList, builder: Builder, names: Names) -> Code:
    items = [code_of(item, builder, names) for item in node.items]
    return lambda scope: [item(scope) for item in items]


@register(Conditional)
def _conditional(node: Conditional, builder: Builder, names: Names) -> Code:
    condition, chosen, otherwise = (
        code_of(part, builder, names)
        for part in (node.condition, node.chosen, node.otherwise)
    )
    place = builder.place

    def conditional(scope: Scope) -> FeelValue:
        answer = condition(scope)
        if answer is True:
            return chosen(scope)
        if answer is not None and answer is not False:
            warn_not_boolean(answer, scope.run, place)
            return None
        return otherwise(scope)

    return conditional


@register(BoxedFilter)
def _filter(node: BoxedFilter, builder: Builder, names: Names) -> Code:
    domain = code_of(node.domain, builder, names)
    match = code_of(node.match, builder, Names(("item",), names))
    place = builder.place

    def filtered(scope: Scope) -> FeelValue:
        found = domain(scope)
        if found is None:
            return None
        return filter_items(
            found if isinstance(found, list) else [found], match, scope, place
        )

    return filtered


@register(Iteration)
def _iteration(node: Iteration, builder: Builder, names: Names) -> Code:
    domain = code_of(node.domain, builder, names)
    body = code_of(node.body, builder, Names((node.variable, "partial"), names))
    loop = _Loop(node.variable, domain, body, builder.place)
    if node.kind == "for":
        return loop.results
    return loop.every if node.kind == "every" else loop.some


@dataclass(frozen=True, slots=True)
class _Loop:
    variable: str
    domain: Code
    body: Code
    place: Place

    def _turns(self, scope: Scope) -> list[Scope] | None:
        try:
            items = items_of(self.domain(scope), scope.run)
        except NoValue as reason:
            warn_domain(reason, scope.run, self.place)
            return None
        turns = [scope.within({self.variable: item}) for item in items]
        scope.run.spend(len(turns))
        return turns

    def results(self, scope: Scope) -> FeelValue:
        turns = self._turns(scope)
        if turns is None:
            return None
        results: list[FeelValue] = []
        for turn in turns:
            scope.run.spend(len(results) // 8)  # For the copy.
            results.append(self.body(turn.within({"partial": results.copy()})))
        return results

    def every(self, scope: Scope) -> FeelValue:
        return self._decided(scope, decisive=False)

    def some(self, scope: Scope) -> FeelValue:
        return self._decided(scope, decisive=True)

    def _decided(self, scope: Scope, *, decisive: bool) -> FeelValue:
        turns = self._turns(scope)
        if turns is None:
            return None
        result: bool | None = not decisive
        for turn in turns:
            found = self.body(turn)
            if found is decisive:
                result = decisive
            elif found is None and result is not decisive:
                result = None
            elif found is not None and not isinstance(found, bool):
                warn_not_boolean(found, scope.run, self.place)
                return None
        return result
