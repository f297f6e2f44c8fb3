"""Scenarios send work elsewhere by hand, and prove who must not."""

import pytest

from engine.policy.bundle import Bundle
from engine.simulation import Outcome, cast_beside, read_scenario, run_scenario
from tests.engine.policy.bundles import BUNDLES, minimal

HEAD = """name = "换货"
start = 2026-03-02T09:10:00+08:00
process = "complaint"
by = "lin"
[given]
customerName = "客户"
customerPhone = "13900000000"
subject = "漏水"
branch = "north"
"""
FOUND = '{ fault = "quality", withinWarranty = false, findings = "破损" }'
INVESTIGATE = f'[[step]]\nwaits = "investigate"\nby = "lin"\nvalues = {FOUND}\n'
APPROVE = '[[step]]\nwaits = "approve"\nby = "zhao"\nvalues = { agreed = true }\n'
RETURN = (
    '[[step]]\nreturn = "approve"\nto = "investigate"\nby = "zhao"\nreason = "缺照片"\n'
)
GOODS = '[[step]]\nmessage = "goods-arrived"\nkey = "= case.number"\n'
END = '\n[end]\nstate = "closed"\nends = ["answered"]\n'


def play(*steps: str, end: str = END, bundle: Bundle | None = None) -> Outcome:
    scenario = read_scenario("scenarios/a.toml", HEAD + "".join(steps) + end)
    return run_scenario(bundle or minimal(), scenario, cast_beside(BUNDLES))


def test_a_step_is_done_again_after_a_return() -> None:
    told = END + 'notices = [{ routed = "investigate", to = "lin" }]\n'

    outcome = play(INVESTIGATE, RETURN, INVESTIGATE, APPROVE, GOODS, end=told)

    assert outcome.passed, outcome.differences


def test_a_completion_is_taken_back() -> None:
    withdraw = '[[step]]\nwithdraw = "investigate"\n[[step]]\ngone = "approve"\n'

    outcome = play(INVESTIGATE, withdraw, INVESTIGATE, APPROVE, GOODS)

    assert outcome.passed, outcome.differences


def test_a_task_waits_for_an_opinion() -> None:
    ask = (
        '[[step]]\nask-opinion = "approve"\nof = "qian"\nquestion = "可否？"\nhold = true\n'
    )
    answer = '[[step]]\nopinion = "可以。"\nby = "qian"\n'

    outcome = play(
        INVESTIGATE, ask, APPROVE + 'refused = "invalid-state"\n', answer, APPROVE, GOODS
    )

    assert outcome.passed, outcome.differences


def test_people_are_told_and_urged_once_an_hour() -> None:
    copy = '[[step]]\ncopy = "approve"\nto = "qian"\n'
    urge = '[[step]]\nurge = "approve"\nby = "lin"\n'
    again = urge + 'refused = "conflict"\n'
    told = END + 'notices = [{ routed = "approve", to = "qian" }]\n'

    outcome = play(INVESTIGATE, copy, urge, again, APPROVE, GOODS, end=told)

    assert outcome.passed, outcome.differences


@pytest.mark.parametrize(
    "step",
    [
        RETURN.replace('"zhao"', '"qian"') + 'refused = "not-allowed"\n',
        RETURN.replace('"缺照片"', '""') + 'refused = { field = "reason" }\n',
        '[[step]]\nhand-on = "approve"\nto = "qian"\nrefused = "not-allowed"\n',
        '[[step]]\nwithdraw = "investigate"\nby = "zhao"\nrefused = "not-allowed"\n',
    ],
)
def test_a_refusal_is_proven(step: str) -> None:
    outcome = play(INVESTIGATE, step, APPROVE, GOODS)

    assert outcome.passed, outcome.differences


def test_a_refusal_that_does_not_come_fails() -> None:
    outcome = play(INVESTIGATE, RETURN + 'refused = "not-allowed"\n')

    assert not outcome.passed
