"""Lists, ranges, contexts, paths and filters."""

from decimal import Decimal

from engine.feel.compiling.code import Code, Compiler, Place, code_of
from engine.feel.compiling.scope import Scope
from engine.feel.run import CONTEXT, ITEM, LIST, OBJECT
from engine.feel.syntax import tree
from engine.feel.values.comparison import compare
from engine.feel.values.kinds import FeelValue, Range, kind_words
from engine.feel.values.properties import NoSuchPart, part


@code_of.register(tree.ListOf)
def _list(node: tree.ListOf, compiler: Compiler) -> Code:
    items = [code_of(item, compiler) for item in node.items]
    size = LIST + ITEM * len(items)

    def listed(scope: Scope) -> FeelValue:
        scope.run.take(size)
        return [item(scope) for item in items]

    return listed


@code_of.register(tree.RangeOf)
def _range(node: tree.RangeOf, compiler: Compiler) -> Code:
    low, high = code_of(node.low, compiler), code_of(node.high, compiler)
    included, place = (node.low_included, node.high_included), compiler.place(node)
    if isinstance(node.low, tree.Literal) and isinstance(node.high, tree.Literal):
        ends = node.low.value, node.high.value
        if compare(*ends) in (-1, 0):
            constant = Range(*ends, *included)
            return lambda scope: constant

    def limits(scope: Scope) -> FeelValue:
        start, end = low(scope), high(scope)
        order = compare(start, end)
        if order is None or order > 0:
            place.warn(
                scope.run,
                "wrong-range",
                "A range cannot reach from {low} to {high}: its ends must be in order.",
                low=kind_words(start),
                high=kind_words(end),
            )
            return None
        scope.run.take(OBJECT)
        return Range(start, end, *included)

    return limits


@code_of.register(tree.Span)
def _span(node: tree.Span, compiler: Compiler) -> Code:
    low, high = code_of(node.low, compiler), code_of(node.high, compiler)
    return lambda scope: Range(low(scope), high(scope))


@code_of.register(tree.OpenRange)
def _open_range(node: tree.OpenRange, compiler: Compiler) -> Code:
    code, operator = code_of(node.end, compiler), node.operator

    def limits(scope: Scope) -> FeelValue:
        end = code(scope)
        if end is None or operator == "!=":
            return None
        if operator == "=":
            return Range(end, end, by_equality=True)
        included = operator in ("<=", ">=")
        if operator[0] == "<":
            return Range(None, end, low_included=False, high_included=included)
        return Range(end, None, low_included=included, high_included=False)

    return limits


@code_of.register(tree.ContextOf)
def _context(node: tree.ContextOf, compiler: Compiler) -> Code:
    entries = [(name, code_of(value, compiler)) for name, value in node.entries]
    place = compiler.place(node)
    if len({name for name, _ in entries}) < len(entries):
        return lambda scope: _no_context(scope, place)
    size = CONTEXT + ITEM * len(entries)

    def context(scope: Scope) -> FeelValue:
        scope.run.take(size)
        result: dict[str, FeelValue] = {}
        within = scope.within(result)
        for name, code in entries:
            result[name] = code(within)
        return result

    return context


def _no_context(scope: Scope, place: Place) -> None:
    place.warn(scope.run, "wrong-context", "The same name is given to two entries.")


@code_of.register(tree.Path)
def _path(node: tree.Path, compiler: Compiler) -> Code:
    code, name, place = code_of(node.value, compiler), node.name, compiler.place(node)

    def path(scope: Scope) -> FeelValue:
        value = code(scope)
        try:
            return part(value, name, scope.run)
        except NoSuchPart:
            place.warn(
                scope.run,
                "no-such-part",
                "{value} has no part called “{name}”.",
                value=kind_words(value),
                name=name,
            )
            return None

    return path


def _constant_index(node: tree.Node) -> bool:
    if isinstance(node, tree.Negation):
        node = node.operand
    return isinstance(node, tree.Literal) and isinstance(node.value, Decimal)


@code_of.register(tree.Filter)
def _filter(node: tree.Filter, compiler: Compiler) -> Code:
    value, condition = code_of(node.value, compiler), code_of(node.condition, compiler)
    place = compiler.place(node)
    if _constant_index(node.condition):
        return lambda scope: _indexed(value(scope), condition(scope))

    def filtered(scope: Scope) -> FeelValue:
        found = value(scope)
        if found is None:
            return None
        return filter_items(
            found if isinstance(found, list) else [found], condition, scope, place
        )

    return filtered


def _indexed(value: FeelValue, index: FeelValue) -> FeelValue:
    if value is None or not isinstance(index, Decimal):
        return None
    return item_at(value if isinstance(value, list) else [value], index)


def item_at(items: list[FeelValue], index: Decimal) -> FeelValue:
    """Return the item at *index*, from one, or from the end if that is negative."""
    if index != index.to_integral_value() or not index or abs(index) > len(items):
        return None
    return items[int(index) - 1 if index > 0 else int(index)]


def filter_items(
    items: list[FeelValue], condition: Code, scope: Scope, place: Place
) -> FeelValue:
    """Return the items for which *condition* is true, or the one whose index it gives."""
    if not items:
        return _filter_nothing(condition, scope)
    kept: list[FeelValue] = []
    for number, item in enumerate(items):
        scope.run.spend()
        result = condition(scope_of_item(item, scope))
        if result is True:
            kept.append(item)
        elif number == 0 and isinstance(result, Decimal):
            return item_at(items, result)
        elif result is not None and result is not False:
            place.warn(
                scope.run,
                "not-boolean",
                "Expected a filter to say yes or no, but got {value}.",
                value=kind_words(result),
            )
            return None
    return kept


def _filter_nothing(condition: Code, scope: Scope) -> FeelValue:
    # Whether the condition is an index shows even without any item.
    scope.run.hush()
    index = condition(scope.within({"item": None}))
    scope.run.speak()
    return None if isinstance(index, Decimal) else []


def scope_of_item(item: FeelValue, scope: Scope) -> Scope:
    """Return the scope in which a filter looks at *item*: its entries can be named."""
    within = scope.within({"item": item})
    return within.within(item) if isinstance(item, dict) else within
