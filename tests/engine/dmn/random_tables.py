"""Makes random decision tables, with the values at which they are to be tried."""

import random
from dataclasses import dataclass, field
from decimal import Decimal

from tests.engine.dmn.models import decision, dmn, table

POLICIES = ("UNIQUE", "ANY", "FIRST", "PRIORITY", "COLLECT")
OUTPUTS = ('"high"', '"middle"', '"low"')
OPAQUE = "? = ? and flag"  #: Holds if the variable flag does, whatever is tested.


@dataclass(frozen=True)
class Kind:
    """Values of one type: those that cells name, and those around and between them."""

    type_ref: str
    named: tuple[str, ...]  #: As FEEL writes them.
    tried: tuple[object, ...]  #: As JSON, without a missing value.
    allowed: str = ""  #: Tests that some of them pass.
    ordered: bool = True
    derived: tuple[str, ...] = ()  #: What else may be asked of a variable ``{}``.


def numbers(*values):
    return tuple(map(Decimal, values))


NUMBER = Kind(
    "number",
    ("0", "10", "10.5", "20"),
    numbers("-5", "0", "5", "10", "10.2", "10.5", "15", "20", "25"),
    "[0..20)",
    derived=("{} > 10", "{} between 0 and 20", "{} in (< 10, 20)", "{} = 10.5"),
)
TEXT = Kind(
    "string",
    ('"a"', '"b"', '"c"'),
    ("a", "b", "c", "other"),
    '"a", "b", "c"',
    ordered=False,
    derived=('{} = "a"', '{} in ("a", "c")', 'not({} = "b")'),
)
BOOLEAN = Kind("boolean", ("true", "false"), (True, False), ordered=False)
DATE = Kind(
    "date",
    ('@"2026-01-01"', 'date("2026-01-02")', '@"2026-01-31"'),
    ("2025-12-31", "2026-01-01", "2026-01-02", "2026-01-15", "2026-01-31", "2026-02-01"),
    '>= @"2026-01-01"',
)
MOMENT = Kind(
    "dateTime",
    ('@"2026-01-01T00:00:00"', '@"2026-01-01T12:00:00"'),
    (
        "2025-12-31T23:59:59",
        "2026-01-01T00:00:00",
        "2026-01-01T06:00:00",
        "2026-01-01T12:00:00",
        "2026-01-02T00:00:00",
    ),
)
TIME = Kind(
    "time",
    ('@"00:00:00"', '@"08:00:00"', '@"23:00:00"'),
    ("00:00:00", "04:00:00", "08:00:00", "12:00:00", "23:00:00", "23:30:00"),
)
HOURS = Kind(
    "dayTimeDuration",
    ('@"PT1H"', '@"P1D"', 'duration("PT36H")'),
    ("PT0S", "PT1H", "PT5H", "P1D", "PT30H", "PT36H", "P3D"),
)
MONTHS = Kind(
    "yearMonthDuration",
    ('@"P1M"', '@"P2M"', '@"P1Y"'),
    ("P0M", "P1M", "P2M", "P7M", "P1Y", "P2Y"),
    '<= @"P1Y"',
)
KINDS = (NUMBER, NUMBER, TEXT, TEXT, BOOLEAN, DATE, MOMENT, TIME, HOURS, MONTHS)


@dataclass(frozen=True)
class Column:
    """An input column."""

    variable: str
    text: str  #: What it asks.
    kind: Kind
    allowed: str = ""
    typed: bool = True

    @property
    def is_derived(self) -> bool:
        """Whether it asks something of the variable, not for the variable."""
        return self.text != self.variable

    @property
    def head(self) -> str:
        """What `table` takes for it."""
        typed = f":{self.kind.type_ref}" if self.typed else ""
        return self.text + typed + (f"|{self.allowed}" if self.allowed else "")


@dataclass
class RandomTable:
    """A table that may be anything, but can be carried out."""

    columns: list[Column]
    rules: list[tuple[str, ...]]  #: The cells, the last of which is the conclusion.
    policy: str
    kinds: dict[str, Kind] = field(default_factory=dict)  #: Of the variables.

    def source(self, policy: str = "") -> bytes:
        """Return it as DMN; with another hit policy, if one is named."""
        output = f"x|{', '.join(OUTPUTS)}"
        heads = [column.head for column in self.columns]
        return dmn(decision("d", table(heads, [output], self.rules, policy or self.policy)))

    def cells(self, at: int) -> list[str]:
        """Return the conditions in one column."""
        return [rule[at] for rule in self.rules]


def random_table(seed: int) -> RandomTable:
    """Return the table that *seed* stands for."""
    source = random.Random(seed)
    kinds = {f"v{at}": source.choice(KINDS) for at in range(source.choice((1, 1, 2, 2, 3)))}
    columns = [_column(name, kind, source) for name, kind in kinds.items()]
    if source.random() < 0.3:
        name = source.choice(list(kinds))
        columns.append(_column(name, kinds[name], source))
    rules = [
        (*(_cell(column, source) for column in columns), source.choice(OUTPUTS))
        for _ in range(source.randrange(1, 8))
    ]
    return RandomTable(columns, rules, source.choice(POLICIES), kinds)


def _column(name: str, kind: Kind, source: random.Random) -> Column:
    if kind.derived and source.random() < 0.3:
        asked = source.choice(kind.derived).format(name)
        return Column(name, asked, BOOLEAN, typed=source.random() < 0.5)
    allowed = kind.allowed if source.random() < 0.3 else ""
    plain = kind in (NUMBER, TEXT, BOOLEAN)
    return Column(name, name, kind, allowed, typed=not plain or source.random() < 0.6)


def _cell(column: Column, source: random.Random) -> str:
    chance = source.random()
    if chance < 0.2:
        return "-"
    if chance < 0.23:
        return OPAQUE
    if chance < 0.28 and not column.is_derived:
        return source.choice(("null", "not(null)"))
    tests = [_test(column.kind, source) for _ in range(source.choice((1, 1, 1, 2)))]
    if chance < 0.4:
        return f"not({', '.join(tests)})"
    if chance < 0.5:
        return _logic(column.kind, source)
    return ", ".join(tests)


def _test(kind: Kind, source: random.Random) -> str:
    value = source.choice(kind.named)
    if not kind.ordered or source.random() < 0.2:
        return value
    if source.random() < 0.5:
        return f"{source.choice(('<', '<=', '>', '>='))} {value}"
    low, high = sorted((source.choice(kind.named), value), key=kind.named.index)
    return f"{source.choice('[(')}{low}..{high}{source.choice('])')}"


def _logic(kind: Kind, source: random.Random) -> str:
    one, other = source.choice(kind.named), source.choice(kind.named)
    if not kind.ordered:
        return source.choice((f"? = {one} or ? = {other}", f"? != {one} and ? != null"))
    return source.choice(
        (f"? < {one} or ? >= {other}", f"not(? > {one})", f"? between {one} and {other}")
    )
