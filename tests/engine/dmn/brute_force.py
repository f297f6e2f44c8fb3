"""Tries a table at every combination of values, to tell what its analysis must find."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from engine.dmn import DecisionModel
from engine.feel import parse_expression, parse_unary_tests
from engine.feel.compiling.scope import Scope
from tests.engine.dmn.models import CONTEXT
from tests.engine.dmn.random_tables import OUTPUTS, TEXT, RandomTable

Point = dict[str, object]  #: For each variable a value.


@dataclass(frozen=True)
class Trial:
    """What hits at a point."""

    point: Point
    counts: bool  #: Whether there should be a rule for it.
    surely: frozenset[int]  #: The rules, from one.
    perhaps: frozenset[int]  #: With those that depend on the variable flag.


def trials(random_table: RandomTable) -> list[Trial]:
    """Return what hits everywhere."""
    model = DecisionModel.parse({"x.dmn": random_table.source("RULE ORDER")})
    tried = {name: (*kind.tried, None) for name, kind in random_table.kinds.items()}
    counted = {name: set(_counted(random_table, name)) for name in tried}
    found = []
    for values in product(*tried.values()):
        point = dict(zip(tried, values, strict=True))
        counts = all(value in counted[name] for name, value in point.items())
        found.append(
            Trial(
                point,
                counts and is_allowed(random_table, point),
                hits(model, point, flag=False),
                hits(model, point, flag=True),
            )
        )
    return found


def hits(model: DecisionModel, point: Point, *, flag: bool) -> frozenset[int]:
    """Return the rules that hit."""
    outcome = model.evaluate("d", {**point, "flag": flag}, CONTEXT)
    return frozenset(rule.index for rule in outcome.tables[0].rules)


def _counted(random_table: RandomTable, name: str) -> Iterator[object]:
    """Give the values of a variable for which there should be a rule."""
    kind = random_table.kinds[name]
    columns = [one for one in enumerate(random_table.columns) if one[1].variable == name]
    plain = [at for at, column in columns if not column.is_derived]
    cells = " ".join(
        [cell for at, _ in columns for cell in random_table.cells(at)]
        + [column.text + column.allowed for _, column in columns]
    )
    if any(
        "null" in cell and answer(column.text, {name: None}) is None
        for at, column in columns
        for cell in random_table.cells(at)
    ):
        yield None
    if kind is not TEXT or not plain:
        yield from kind.tried
        return
    named = [value for value in kind.tried if f'"{value}"' in cells]
    yield from named or ["other"]


def is_allowed(random_table: RandomTable, point: Point) -> bool:
    """Tell whether the table allows the values of a point."""
    return all(
        not column.allowed
        or point[column.variable] is None
        or passes(random_table, column.variable, point, column.allowed)
        for column in random_table.columns
    )


def passes(random_table: RandomTable, asked: str, point: Point, tests: str) -> bool:
    """Tell whether what is asked has an answer that passes *tests*."""
    value = answer(asked, point)
    if asked in point and random_table.kinds[asked].ordered and isinstance(value, str):
        value = parse_expression(f'@"{value}"').evaluate({}, CONTEXT).value
    scope = Scope({}, None, CONTEXT.run())
    return parse_unary_tests(tests).within(scope, value) is True


def answer(asked: str, point: Point) -> object:
    """Return what an expression comes to at a point."""
    return parse_expression(asked).evaluate(point, CONTEXT).value


def gaps(found: list[Trial]) -> list[Point]:
    """Return the points at which a rule is missing."""
    return [trial.point for trial in found if trial.counts and not trial.perhaps]


def overlaps(found: list[Trial]) -> set[tuple[int, int]]:
    """Return all two rules that hit at one point."""
    return {pair for trial in found for pair in combinations(sorted(trial.surely), 2)}


def unreachable(random_table: RandomTable, found: list[Trial]) -> set[int]:
    """Return the rules that hit nowhere."""
    every = set(range(1, len(random_table.rules) + 1))
    return every.difference(*(trial.perhaps for trial in found))


def masked(random_table: RandomTable, found: list[Trial]) -> set[int]:
    """Return the rules that hit, but only where another decides before them."""

    def place(rule: int) -> tuple[int, int]:
        rank = OUTPUTS.index(random_table.rules[rule - 1][-1])
        return (rank if random_table.policy == "PRIORITY" else 0, rule)

    deciding = {
        rule
        for trial in found
        for rule in trial.perhaps
        if not any(place(other) < place(rule) for other in trial.surely - {rule})
    }
    return set().union(*(trial.perhaps for trial in found)) - deciding
