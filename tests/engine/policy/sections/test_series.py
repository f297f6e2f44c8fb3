"""Two series of numbers are told apart by their letters, or may meet."""

from hypothesis import given
from hypothesis import strategies as st

from engine.policy.sections.number import FIELD, Series, may_meet

PARTS = st.sampled_from(["A", "B-", "1", "-", "{YY}", "{YYMM}"])
FORMATS = st.tuples(
    st.lists(PARTS, max_size=3),
    st.sampled_from(["{0}", "{00}"]),
    st.lists(PARTS, max_size=2),
).map(lambda parts: Series("".join([*parts[0], parts[1], *parts[2]]), "never"))
COUNTS = st.integers(1, 1200)
DATES = {"YY": "26", "YYMM": "2603"}


def written(series: Series, count: int) -> str:
    return FIELD.sub(
        lambda found: DATES.get(found[1]) or f"{count:0{len(found[1])}}", series.format
    )


@given(FORMATS, FORMATS, COUNTS, COUNTS)
def test_series_that_cannot_meet_never_give_the_same_number(one, other, mine, theirs):
    if not may_meet(one, other):
        assert written(one, mine) != written(other, theirs)


@given(FORMATS)
def test_every_series_meets_itself(series):
    assert may_meet(series, series)


@given(FORMATS, FORMATS)
def test_it_does_not_matter_which_comes_first(one, other):
    assert may_meet(one, other) == may_meet(other, one)


def test_letters_tell_series_apart():
    complaints, reviews = Series("{YYMM}{00}", "month"), Series("YZ-{YYMM}-{00}", "month")

    assert not may_meet(complaints, reviews)
    assert may_meet(complaints, Series("{YYYY}{00}", "year"))
