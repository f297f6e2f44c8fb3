"""How points and ranges lie to each other (DMN 10.3.4.10)."""

from engine.feel.builtins.arguments import unfit
from engine.feel.builtins.registry import Family
from engine.feel.errors import NoValue
from engine.feel.run import Run
from engine.feel.values.comparison import compare, in_range
from engine.feel.values.kinds import FeelValue, Range, kind_words
from engine.model import Sentence

FUNCTIONS = Family()
_PAIRS = ("point1, point2", "point, range", "range, point", "range1, range2")


def _order(left: FeelValue, right: FeelValue) -> int:
    order = compare(left, right)
    if order is None:
        raise NoValue(
            "{left} cannot be compared with {right}.",
            left=kind_words(left),
            right=kind_words(right),
        )
    return order


def _a_range(value: FeelValue) -> Range:
    if not isinstance(value, Range):
        raise unfit(Sentence("a range"), value)
    return value


def _start(value: FeelValue) -> tuple[FeelValue, bool]:
    if isinstance(value, Range):
        return _closed(value.low), value.low_included
    return _closed(value), True


def _end(value: FeelValue) -> tuple[FeelValue, bool]:
    if isinstance(value, Range):
        return _closed(value.high), value.high_included
    return _closed(value), True


def _closed(end: FeelValue) -> FeelValue:
    if end is None:
        raise NoValue("Expected a range with two ends, but it is open.")
    return end


def _starts_before(left: FeelValue, right: FeelValue) -> int:
    """Compare where two begin: -1 if the left begins earlier."""
    (mine, mine_in), (theirs, theirs_in) = _start(left), _start(right)
    return _order(mine, theirs) or theirs_in - mine_in


def _ends_after(left: FeelValue, right: FeelValue) -> int:
    """Compare where two end: 1 if the left ends later."""
    (mine, mine_in), (theirs, theirs_in) = _end(left), _end(right)
    return _order(mine, theirs) or mine_in - theirs_in


@FUNCTIONS.function("before", *_PAIRS)
def before(run: Run, left: FeelValue, right: FeelValue) -> FeelValue:
    """Tell whether the left ends before the right begins."""
    (end, end_in), (start, start_in) = _end(left), _start(right)
    order = _order(end, start)
    return order < 0 or (order == 0 and not (end_in and start_in))


@FUNCTIONS.function("after", *_PAIRS)
def after(run: Run, left: FeelValue, right: FeelValue) -> FeelValue:
    """Tell whether the left begins after the right ends."""
    return before(run, right, left)


@FUNCTIONS.function("meets", "range1, range2")
def meets(run: Run, left: FeelValue, right: FeelValue) -> FeelValue:
    """Tell whether the right begins exactly where the left ends."""
    (end, end_in), (start, start_in) = _end(_a_range(left)), _start(_a_range(right))
    return end_in and start_in and _order(end, start) == 0


@FUNCTIONS.function("met by", "range1, range2")
def met_by(run: Run, left: FeelValue, right: FeelValue) -> FeelValue:
    """Tell whether the left begins exactly where the right ends."""
    return meets(run, right, left)


@FUNCTIONS.function("overlaps", "range1, range2")
def overlaps(run: Run, left: FeelValue, right: FeelValue) -> FeelValue:
    """Tell whether the two have something in common."""
    _a_range(left)
    _a_range(right)
    return not before(run, left, right) and not before(run, right, left)


@FUNCTIONS.function("overlaps before", "range1, range2")
def overlaps_before(run: Run, left: FeelValue, right: FeelValue) -> FeelValue:
    """Tell whether the left begins first and reaches into the right."""
    _a_range(left)
    _a_range(right)
    return (
        _starts_before(left, right) < 0
        and not before(run, left, right)
        and _ends_after(left, right) <= 0
    )


@FUNCTIONS.function("overlaps after", "range1, range2")
def overlaps_after(run: Run, left: FeelValue, right: FeelValue) -> FeelValue:
    """Tell whether the right begins first and reaches into the left."""
    return overlaps_before(run, right, left)


@FUNCTIONS.function("finishes", "point, range", "range1, range2")
def finishes(run: Run, left: FeelValue, right: FeelValue) -> FeelValue:
    """Tell whether the left lies at the end of the right."""
    limits = _a_range(right)
    if not isinstance(left, Range):
        return limits.high_included and _order(left, _closed(limits.high)) == 0
    return _ends_after(left, limits) == 0 and _starts_before(left, limits) >= 0


@FUNCTIONS.function("finished by", "range, point", "range1, range2")
def finished_by(run: Run, left: FeelValue, right: FeelValue) -> FeelValue:
    """Tell whether the right lies at the end of the left."""
    return finishes(run, right, left)


@FUNCTIONS.function("includes", "range, point", "range1, range2")
def includes(run: Run, left: FeelValue, right: FeelValue) -> FeelValue:
    """Tell whether the right lies within the left."""
    limits = _a_range(left)
    if isinstance(right, Range):
        return _starts_before(limits, right) <= 0 and _ends_after(limits, right) >= 0
    result = in_range(right, limits, run)
    if result is None:
        raise NoValue(
            "{left} cannot be compared with {right}.",
            left=kind_words(right),
            right=kind_words(limits.low),
        )
    return result


@FUNCTIONS.function("during", "point, range", "range1, range2")
def during(run: Run, left: FeelValue, right: FeelValue) -> FeelValue:
    """Tell whether the left lies within the right."""
    return includes(run, right, left)


@FUNCTIONS.function("starts", "point, range", "range1, range2")
def starts(run: Run, left: FeelValue, right: FeelValue) -> FeelValue:
    """Tell whether the left lies at the beginning of the right."""
    limits = _a_range(right)
    if not isinstance(left, Range):
        return limits.low_included and _order(left, _closed(limits.low)) == 0
    return _starts_before(left, limits) == 0 and _ends_after(left, limits) <= 0


@FUNCTIONS.function("started by", "range, point", "range1, range2")
def started_by(run: Run, left: FeelValue, right: FeelValue) -> FeelValue:
    """Tell whether the right lies at the beginning of the left."""
    return starts(run, right, left)


@FUNCTIONS.function("coincides", "point1, point2", "range1, range2")
def coincides(run: Run, left: FeelValue, right: FeelValue) -> FeelValue:
    """Tell whether the two are the same."""
    if isinstance(left, Range) != isinstance(right, Range):
        raise unfit(kind_words(left), right)
    return _starts_before(left, right) == 0 and _ends_after(left, right) == 0
