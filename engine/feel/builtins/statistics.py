"""Counts, sums and compares the items of lists."""

from decimal import Decimal

from engine.feel.builtins.arguments import a_list, a_number, items_of, unfit
from engine.feel.builtins.registry import Family
from engine.feel.decimal128 import DECIMAL128
from engine.feel.errors import NoValue
from engine.feel.run import Run
from engine.feel.values.arithmetic import add, divide
from engine.feel.values.comparison import compare
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.kinds import FeelValue, kind_words
from engine.model import Sentence

FUNCTIONS = Family()


def _some_items(arguments: tuple[FeelValue, ...], run: Run) -> list[FeelValue]:
    items = items_of(arguments) if arguments else []
    if not items:
        raise NoValue("Expected at least one item, but the list is empty.")
    run.spend(len(items) // 8)
    return items


def _some_numbers(arguments: tuple[FeelValue, ...], run: Run) -> list[Decimal]:
    return [a_number(item) for item in _some_items(arguments, run)]


@FUNCTIONS.function("count", "list")
def count(run: Run, items: FeelValue) -> FeelValue:
    """Count the items."""
    return Decimal(len(a_list(items)))


def _extreme(arguments: tuple[FeelValue, ...], run: Run, side: int) -> FeelValue:
    items = _some_items(arguments, run)
    best = items[0]
    for item in items:
        run.spend()
        order = compare(item, best)
        if order is None:
            raise NoValue(
                "{left} cannot be compared with {right}.",
                left=kind_words(item),
                right=kind_words(best),
            )
        if order == side:
            best = item
    return best


@FUNCTIONS.function("min", "list", variadic=True)
def minimum(run: Run, *arguments: FeelValue) -> FeelValue:
    """Return the least item."""
    return _extreme(arguments, run, -1)


@FUNCTIONS.function("max", "list", variadic=True)
def maximum(run: Run, *arguments: FeelValue) -> FeelValue:
    """Return the greatest item."""
    return _extreme(arguments, run, 1)


@FUNCTIONS.function("sum", "list", variadic=True)
def total(run: Run, *arguments: FeelValue) -> FeelValue:
    """Add up numbers, or durations of one kind."""
    items = _some_items(arguments, run)
    result = items[0]
    if not isinstance(result, (Decimal, YearsAndMonths, DaysAndTime)):
        raise unfit(Sentence("a number"), result)
    for item in items[1:]:
        if type(item) is not type(result):
            raise unfit(kind_words(result), item)
        result = add(result, item)
    return result


@FUNCTIONS.function("product", "list", variadic=True)
def product(run: Run, *arguments: FeelValue) -> FeelValue:
    """Multiply numbers."""
    result = Decimal(1)
    for number in _some_numbers(arguments, run):
        result = DECIMAL128.multiply(result, number)
    return result


@FUNCTIONS.function("mean", "list", variadic=True)
def mean(run: Run, *arguments: FeelValue) -> FeelValue:
    """Return the average."""
    items = _some_items(arguments, run)
    return divide(total(run, items), Decimal(len(items)))


@FUNCTIONS.function("median", "list", variadic=True)
def median(run: Run, *arguments: FeelValue) -> FeelValue:
    """Return the number in the middle, or between the two in the middle."""
    numbers = sorted(_some_numbers(arguments, run))
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return DECIMAL128.divide(
        DECIMAL128.add(numbers[middle - 1], numbers[middle]), Decimal(2)
    )


@FUNCTIONS.function("stddev", "list", variadic=True)
def standard_deviation(run: Run, *arguments: FeelValue) -> FeelValue:
    """Return the standard deviation of a sample."""
    numbers = _some_numbers(arguments, run)
    if len(numbers) < 2:
        raise NoValue("Expected at least two numbers, but got one.")
    total_of_numbers = Decimal(0)
    for number in numbers:
        total_of_numbers = DECIMAL128.add(total_of_numbers, number)
    average = DECIMAL128.divide(total_of_numbers, Decimal(len(numbers)))
    squares = Decimal(0)
    for number in numbers:
        distance = DECIMAL128.subtract(number, average)
        squares = DECIMAL128.add(squares, DECIMAL128.multiply(distance, distance))
    return DECIMAL128.sqrt(DECIMAL128.divide(squares, Decimal(len(numbers) - 1)))


@FUNCTIONS.function("mode", "list", variadic=True)
def mode(run: Run, *arguments: FeelValue) -> FeelValue:
    """Return the numbers that occur most often."""
    if not arguments:
        raise NoValue("Expected at least one item, but the list is empty.")
    counts: dict[Decimal, int] = {}
    for item in items_of(arguments):
        number = a_number(item)
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    result: list[FeelValue] = []
    result.extend(sorted(number for number, times in counts.items() if times == most))
    return result
