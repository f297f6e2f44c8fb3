"""Takes lists apart and puts them together."""

import functools
from decimal import Decimal

from engine.feel.builtins.arguments import (
    a_function,
    a_list,
    a_whole_number,
    an_integer,
    index_in,
)
from engine.feel.builtins.registry import Family
from engine.feel.errors import BudgetExceeded, NoValue
from engine.feel.run import Run
from engine.feel.values.comparison import compare, equal
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.kinds import FeelValue, kind_words
from engine.feel.values.temporal import Date

FUNCTIONS = Family()
DEEPEST = 100


@FUNCTIONS.function("list contains", "list, element")
def list_contains(run: Run, items: FeelValue, element: FeelValue) -> FeelValue:
    """Tell whether the element is in the list."""
    for item in a_list(items):
        run.spend()
        if equal(item, element, run) is True:
            return True
    return False


@FUNCTIONS.function("list replace", "list, position, newItem", "list, match, newItem")
def list_replace(
    run: Run, items: FeelValue, which: FeelValue, new_item: FeelValue
) -> FeelValue:
    """Replace the item at a position, or those that a function picks."""
    old = a_list(items)
    run.spend(len(old))
    if isinstance(which, Decimal):
        index = index_in(old, an_integer(which))
        return [*old[:index], new_item, *old[index + 1 :]]
    match = a_function(which)
    result: list[FeelValue] = []
    for item in old:
        picked = match.invoke([item, new_item], run)
        if not isinstance(picked, bool):
            raise NoValue("Expected the function to say yes or no, but it did not.")
        result.append(new_item if picked else item)
    return result


@FUNCTIONS.function("sublist", "list, start position, length?")
def sublist(
    run: Run, items: FeelValue, start: FeelValue, length: FeelValue = None
) -> FeelValue:
    """Return the items from a position on."""
    whole = a_list(items)
    first = index_in(whole, a_whole_number(start))
    if length is None:
        return whole[first:]
    count = a_whole_number(length)
    if not 0 <= count <= len(whole) - first:
        raise NoValue(
            "Expected a length that the list has, but got {length}.", length=count
        )
    return whole[first : first + count]


@FUNCTIONS.function("append", "list, item", variadic=True)
def append(run: Run, items: FeelValue = None, *new_items: FeelValue) -> FeelValue:
    """Put items at the end of a list."""
    if not new_items:
        raise NoValue("Expected an item to append, but got none.")
    old = [None] if items is None else a_list(items)
    run.spend(len(old))
    return [*old, *new_items]


@FUNCTIONS.function("concatenate", "list", variadic=True)
def concatenate(run: Run, *lists: FeelValue) -> FeelValue:
    """Put lists together."""
    return _joined(lists, run)


def _joined(lists: tuple[FeelValue, ...], run: Run) -> list[FeelValue]:
    if not lists:
        raise NoValue("Expected a list, but got none.")
    result: list[FeelValue] = []
    for items in lists:
        more = a_list(items)
        run.spend(len(more))
        result.extend(more)
    return result


@FUNCTIONS.function("insert before", "list, position, newItem")
def insert_before(
    run: Run, items: FeelValue, position: FeelValue, new_item: FeelValue
) -> FeelValue:
    """Put an item before the one at a position."""
    old = a_list(items)
    index = index_in(old, a_whole_number(position))
    run.spend(len(old))
    return [*old[:index], new_item, *old[index:]]


@FUNCTIONS.function("remove", "list, position")
def remove(run: Run, items: FeelValue, position: FeelValue) -> FeelValue:
    """Leave out the item at a position."""
    old = a_list(items)
    index = index_in(old, a_whole_number(position))
    run.spend(len(old))
    return old[:index] + old[index + 1 :]


@FUNCTIONS.function("reverse", "list")
def reverse(run: Run, items: FeelValue) -> FeelValue:
    """Turn the order round."""
    old = a_list(items)
    run.spend(len(old))
    return old[::-1]


@FUNCTIONS.function("index of", "list, match")
def index_of(run: Run, items: FeelValue, match: FeelValue) -> FeelValue:
    """Return the positions at which an item stands."""
    whole = a_list(items)
    run.spend(len(whole))
    return [
        Decimal(number)
        for number, item in enumerate(whole, start=1)
        if equal(item, match, run) is True
    ]


class _Collection:
    """Values of which each is asked for, whether it is there already.

    Plain values are looked up; only lists, contexts and the like are compared one by one.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._plain: set[tuple[type, FeelValue]] = set()
        self._others: list[FeelValue] = []

    def add(self, value: FeelValue) -> bool:
        """Add *value* and tell whether it is new."""
        self._run.spend()
        if isinstance(value, _PLAIN):
            key = (type(value), value)
            new = key not in self._plain
            self._plain.add(key)
            return new
        self._run.spend(len(self._others))
        if any(equal(value, other, self._run) is True for other in self._others):
            return False
        self._others.append(value)
        return True


_PLAIN = (bool, str, Decimal, Date, YearsAndMonths, DaysAndTime)


def _distinct(items: list[FeelValue], run: Run) -> list[FeelValue]:
    known = _Collection(run)
    return [item for item in items if known.add(item)]


@FUNCTIONS.function("union", "list", variadic=True)
def union(run: Run, *lists: FeelValue) -> FeelValue:
    """Put lists together, each item once."""
    return _distinct(_joined(lists, run), run)


@FUNCTIONS.function("distinct values", "list")
def distinct_values(run: Run, items: FeelValue) -> FeelValue:
    """Return each item once."""
    return _distinct(a_list(items), run)


@FUNCTIONS.function("duplicate values", "list")
def duplicate_values(run: Run, items: FeelValue) -> FeelValue:
    """Return the items that occur more than once."""
    whole = a_list(items)
    once = _Collection(run)
    repeated = [item for item in whole if not once.add(item)]
    again = _Collection(run)
    for item in repeated:
        again.add(item)
    return _distinct([item for item in whole if not again.add(item)], run)


@FUNCTIONS.function("flatten", "list")
def flatten(run: Run, items: FeelValue) -> FeelValue:
    """Take the items out of all lists within the list."""
    result: list[FeelValue] = []
    _flatten(a_list(items), result, run, DEEPEST)
    return result


def _flatten(
    items: list[FeelValue], result: list[FeelValue], run: Run, deeper: int
) -> None:
    if not deeper:
        raise BudgetExceeded(
            "Expected values nested at most {limit} deep, but these are deeper.",
            budget="depth",
            limit=DEEPEST,
        )
    for item in items:
        run.spend()
        if isinstance(item, list):
            _flatten(item, result, run, deeper - 1)
        else:
            result.append(item)


@FUNCTIONS.function("sort", "list, precedes?")
def sort(run: Run, items: FeelValue, precedes: FeelValue = None) -> FeelValue:
    """Sort by the values' own order, or by a function that says which comes first."""
    before = None if precedes is None else a_function(precedes)

    def order(left: FeelValue, right: FeelValue) -> int:
        run.spend()
        if before is None:
            found = compare(left, right)
            if found is None:
                raise NoValue(
                    "{left} cannot be compared with {right}.",
                    left=kind_words(left),
                    right=kind_words(right),
                )
            return found
        if before.invoke([left, right], run) is True:
            return -1
        return 1 if before.invoke([right, left], run) is True else 0

    return sorted(a_list(items), key=functools.cmp_to_key(order))
