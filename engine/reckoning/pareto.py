"""Hot spots: which few causes make up most of the complaints (Pareto)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

#: Up to this share of all, causes are the few that matter (the rule of 80 and 20).
VITAL = Decimal("0.8")


@dataclass(frozen=True, slots=True)
class Bar:
    """One cause: how often, which share, and the share of it and all before it."""

    key: str
    count: int
    share: Decimal
    cumulative: Decimal
    is_vital: bool  #: Whether those before it do not make up `VITAL` yet.


def pareto(counts: Mapping[str, int]) -> tuple[Bar, ...]:
    """Return the causes that occur, the most frequent first; equal ones by their key."""
    total = sum(counts.values())
    ordered = sorted(
        ((key, count) for key, count in counts.items() if count > 0),
        key=lambda it: (-it[1], it[0] == "", it[0]),
    )
    bars, before = [], 0
    for key, count in ordered:
        share, cumulative = Decimal(count) / total, Decimal(before + count) / total
        is_vital = Decimal(before) / total < VITAL
        bars.append(Bar(key, count, share, cumulative, is_vital))
        before += count
    return tuple(bars)
