"""Figures are what a slow count by hand gives."""

from decimal import Decimal
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reckoning.control import FEWEST, RUN, chart_of_counts, chart_of_shares
from engine.reckoning.pareto import VITAL, pareto
from engine.reckoning.shares import GRADES, mean, punctuality, scores, share
from tests.engine.reckoning.lines import ledgers, steps

COUNTS = st.dictionaries(st.text("abc", max_size=2), st.integers(0, 50), max_size=8)


@given(COUNTS)
def test_causes_come_by_how_often_and_add_up(counts):
    bars = pareto(counts)

    total = sum(counts.values())
    assert [bar.count for bar in bars] == sorted(
        (n for n in counts.values() if n), reverse=True
    )
    for place, bar in enumerate(bars):
        assert bar.share == Decimal(bar.count) / total
        before = sum(other.count for other in bars[:place])
        assert bar.cumulative == Decimal(before + bar.count) / total
        assert bar.is_vital == (before < VITAL * total)
    assert not bars or bars[-1].cumulative == 1


@given(st.lists(st.integers(0, 30), min_size=FEWEST, max_size=24))
def test_limits_of_counts_lie_three_deviations_from_the_mean(counts):
    points = chart_of_counts(counts)

    centre = sum(counts) / len(counts)
    for point, count in zip(points, counts, strict=True):
        assert float(point.centre) == pytest.approx(centre)
        assert float(point.upper) == pytest.approx(centre + 3 * sqrt(centre))
        assert float(point.lower) == pytest.approx(max(0, centre - 3 * sqrt(centre)))
        assert (point.signal == "above") == (count > point.upper)
        assert (point.signal == "below") == (count < point.lower)


@given(
    st.lists(
        st.integers(1, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
        min_size=FEWEST,
        max_size=24,
    )
)
def test_limits_of_shares_go_by_how_many_there_were(parts):
    points = chart_of_shares(parts)

    centre = sum(part for part, _ in parts) / sum(of for _, of in parts)
    for point, (part, of) in zip(points, parts, strict=True):
        reach = 3 * sqrt(max(0, centre * (1 - centre) / of))
        assert float(point.value) == pytest.approx(part / of)
        assert float(point.upper) == pytest.approx(min(1, centre + reach))
        assert float(point.lower) == pytest.approx(max(0, centre - reach))


def test_too_few_points_have_no_limits():
    points = chart_of_counts([5] * (FEWEST - 1))

    assert all(point.centre is None and point.signal is None for point in points)


def test_a_point_far_above_the_others_is_out():
    points = chart_of_counts([5] * 11 + [40])

    assert [point.signal for point in points] == [None] * 7 + ["run"] * 4 + ["above"]


def test_a_long_run_on_one_side_is_out():
    points = chart_of_counts([9] * RUN + [3] * RUN)

    signals = [point.signal for point in points]
    assert [place for place, it in enumerate(signals) if it] == [RUN - 1, 2 * RUN - 1]


def test_a_month_without_cases_has_no_share_and_breaks_no_limits():
    points = chart_of_shares([(1, 10)] * FEWEST + [(0, 0)])

    assert points[-1].value is None
    assert points[-1].signal is None
    assert points[0].centre == Decimal("0.1")


def test_all_of_nothing_is_in_control():
    assert {point.signal for point in chart_of_counts([0] * FEWEST)} == {None}


@given(ledgers)
def test_scores_are_counted_by_their_whole_numbers(present):
    found = scores(present)

    given_ = [line.score for line in present if line.score is not None]
    assert found.given == len(given_) == sum(found.by_grade)
    assert found.mean == (sum(given_) / len(given_) if given_ else None)
    for grade, count in zip(GRADES, found.by_grade, strict=True):
        assert count == sum(1 for it in given_ if int(it + Decimal("0.5")) == grade)


@given(st.lists(steps(), max_size=30))
def test_punctuality_counts_every_step_once(present):
    found = punctuality(present)

    late = [step.late_minutes for step in present if not step.is_kept]
    assert (found.kept, found.broken) == (len(present) - len(late), len(late))
    assert found.all == len(present)
    assert found.most_late == (Decimal(max(late)) / 60 if late else None)
    assert found.mean_late == mean([Decimal(it) / 60 for it in late])


def test_nothing_of_nothing_is_no_figure():
    assert share(0, 0) is None
    assert mean([]) is None
