"""Random ledgers: few months, few values, so that much falls together."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from engine.reckoning.line import Line, Step

FIRST, DAYS = date(2026, 1, 1), 150
_days = st.integers(0, DAYS).map(lambda count: FIRST + timedelta(days=count))
_answers = st.sampled_from([None, True, False])
_values = st.sampled_from([None, "", "north", "south", 3, Decimal("2.5"), True, ["a", "b"]])


@st.composite
def lines(draw) -> Line:
    opened = draw(_days)
    state = draw(st.sampled_from(["open", "closed", "cancelled"]))
    later = timedelta(days=draw(st.integers(0, 70)))
    return Line(
        case_id=draw(st.integers(1, 10**6)),
        number="N",
        opened_on=opened,
        closed_on=None if state == "open" else opened + later,
        state=state,
        values={"unit": draw(_values), "cause": draw(_values)},
        solved_once=draw(_answers),
        score=draw(st.none() | st.decimals(1, 5, places=1)),
        reopened=draw(_answers),
    )


@st.composite
def steps(draw) -> Step:
    is_kept = draw(st.booleans())
    return Step(
        task_id=draw(st.integers(1, 10**6)),
        case_id=1,
        number="N",
        name="登记",
        element=draw(st.sampled_from(["register", "reply"])),
        person=draw(st.sampled_from(["", "lin", "zhao"])),
        unit=draw(st.sampled_from(["", "north", "south"])),
        due_on=draw(_days),
        is_kept=is_kept,
        late_minutes=0 if is_kept else draw(st.integers(0, 5000)),
    )


ledgers = st.lists(lines(), max_size=40)
