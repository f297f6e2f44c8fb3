"""``for``, ``some`` and ``every``."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TypeGuard

from engine.feel.compiling.code import Code, Compiler, Place, code_of
from engine.feel.compiling.scope import Scope
from engine.feel.errors import NoValue
from engine.feel.run import ITEM, Run
from engine.feel.syntax import tree
from engine.feel.values.kinds import FeelValue, Range, kind_words
from engine.feel.values.temporal import Date

Bindings = list[tuple[str, Code]]


def items_of(domain: FeelValue, run: Run) -> Iterable[FeelValue]:
    """Return what a loop over *domain* goes through.

    Raises:
        NoValue: If nothing can go through it.
    """
    if isinstance(domain, list):
        return domain
    if isinstance(domain, Range):
        return _items_of_range(domain, run)
    if domain is None:
        raise NoValue("Expected a list to go through, but got nothing.")
    return [domain]


def _items_of_range(limits: Range, run: Run) -> Iterable[FeelValue]:
    low, high = limits.low, limits.high
    if isinstance(low, Date) and isinstance(high, Date):
        return map(Date.of_number, _numbers(low.number, high.number, limits, run))
    if _is_whole(low) and _is_whole(high):
        return map(Decimal, _numbers(int(low), int(high), limits, run))
    raise NoValue(
        "Expected a range of whole numbers or of dates to go through, but it has {low}.",
        low=kind_words(low),
    )


def _is_whole(value: FeelValue) -> TypeGuard[Decimal]:
    return isinstance(value, Decimal) and value == value.to_integral_value()


def _numbers(low: int, high: int, limits: Range, run: Run) -> range:
    step = 1 if low <= high else -1
    first = low if limits.low_included else low + step
    last = high if limits.high_included else high - step
    run.spend(max((last - first) * step + 1, 0))
    return range(first, last + step, step)


def _codes(bindings: tuple[tuple[str, tree.Node], ...], compiler: Compiler) -> Bindings:
    return [(name, code_of(domain, compiler)) for name, domain in bindings]


def _turns(bindings: Bindings, scope: Scope) -> Iterator[Scope]:
    """Give the scope of each turn of nested loops."""
    name, domain = bindings[0]
    for item in items_of(domain(scope), scope.run):
        scope.run.spend()
        within = scope.within({name: item})
        if len(bindings) > 1:
            yield from _turns(bindings[1:], within)
        else:
            yield within


def warn_domain(reason: NoValue, run: Run, place: Place) -> None:
    """Keep the warning that nothing can be gone through."""
    place.warn(run, "not-a-list", "The loop gave nothing: {reason}", reason=reason.sentence)


@code_of.register(tree.For)
def _for(node: tree.For, compiler: Compiler) -> Code:
    bindings, body = _codes(node.bindings, compiler), code_of(node.body, compiler)
    place = compiler.place(node)
    names = (
        part.name for part in tree.every_node(node.body) if isinstance(part, tree.Name)
    )
    uses_partial = "partial" in names

    def loop(scope: Scope) -> FeelValue:
        results: list[FeelValue] = []
        try:
            for turn in _turns(bindings, scope):
                if uses_partial:
                    scope.run.spend(len(results) // 8)  # For the copy.
                    scope.run.take(len(results))
                    turn = turn.within({"partial": results.copy()})
                scope.run.take(ITEM)
                results.append(body(turn))
        except NoValue as reason:
            warn_domain(reason, scope.run, place)
            return None
        return results

    return loop


@code_of.register(tree.Quantified)
def _quantified(node: tree.Quantified, compiler: Compiler) -> Code:
    bindings, condition = _codes(node.bindings, compiler), code_of(node.condition, compiler)
    decisive, place = not node.every, compiler.place(node)

    def quantified(scope: Scope) -> FeelValue:
        result: bool | None = not decisive
        try:
            for turn in _turns(bindings, scope):
                found = condition(turn)
                if found is decisive:
                    return decisive
                if found is not (not decisive):
                    result = None
        except NoValue as reason:
            warn_domain(reason, scope.run, place)
            return None
        return result

    return quantified
