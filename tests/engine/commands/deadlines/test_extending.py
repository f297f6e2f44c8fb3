"""More time is asked for by who has a task, and given by whom the diagram names."""

from datetime import datetime

import pytest

from engine.commands.cases.lifecycle import CancelCase
from engine.commands.deadlines.extending import DecideExtension, RequestExtension
from engine.commands.people.units import GrantRole
from engine.commands.tasks.byhand.withdrawing import WithdrawTask
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.model import Conflict, InvalidState, InvalidValues, NotAllowed, NotFound, TaskId
from engine.queries.tasks.worklist import Worklist
from engine.store.models import JournalLine
from engine.store.values import loads
from tests.engine.commands.conftest import FOUND, waiting, work
from tests.engine.commands.deadlines.small_policy import (
    ask,
    breaches,
    decide,
    moment,
    opened,
    owed,
    request,
    task_row,
    told,
)
from tests.engine.commands.knowing import rows


@pytest.fixture
def task(engine, minimal, who, ground):
    ground.reach("extendable", lambda: opened(engine, minimal, who))
    task_id = waiting(engine, "investigate")
    engine.run(ClaimTask(task_id), by=who("lin"))
    return task_id


def test_what_is_granted_moves_the_task_with_its_reminders(engine, who, task, clock):
    before = task_row(engine, task)

    number = ask(engine, who, task, clock)
    decide(engine, who, number, True, remark="同意")

    after, until = task_row(engine, task), moment(clock, 24)
    assert after.due == until
    # One working hour before, as it was: fifty minutes of today, ten of tomorrow.
    assert after.warn == moment(clock, 8)
    assert owed(engine, "reminder") == [after.warn]
    assert owed(engine, "overdue") == [until]
    done = request(engine)
    assert (done.state, done.decided_by, done.remark) == ("granted", "zhao", "同意")
    assert (done.due, done.until) == (before.due, until)


def test_lists_go_by_the_new_date(engine, who, task, clock):
    decide(engine, who, ask(engine, who, task, clock), True)

    clock.move(hours=5)

    assert engine.ask(Worklist("overdue"), by=who("lin")).page.rows == ()


def test_those_who_decide_hear_of_it_and_so_does_who_asked(engine, who, task, clock):
    number = ask(engine, who, task, clock)
    assert told(engine, "extension") == ["zhao"]

    decide(engine, who, number, True)

    assert told(engine, "extension") == ["zhao", "lin"]


def test_what_is_refused_changes_nothing_but_is_kept(engine, who, task, clock):
    before = task_row(engine, task).due

    decide(engine, who, ask(engine, who, task, clock), False, remark="客户在等")

    assert task_row(engine, task).due == before
    assert (request(engine).state, request(engine).remark) == ("refused", "客户在等")
    assert ask(engine, who, task, clock)  # One may ask again.


def test_another_moment_may_be_granted_than_was_asked_for(engine, who, task, clock):
    number = ask(engine, who, task, clock, hours=72)

    decide(engine, who, number, True, until=moment(clock, 8))

    assert task_row(engine, task).due == request(engine).until == moment(clock, 8)


def test_who_leads_those_that_may_do_it_asks_too(engine, who, task, clock):
    engine.run(CompleteTask(task, FOUND), by=who("lin"))
    approve = waiting(engine, "approve")
    engine.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))

    number = ask(engine, who, approve, clock, by="wu", hours=48)
    decide(engine, who, number, True, by="lin")

    assert task_row(engine, approve).due == moment(clock, 48)


def test_others_do_not_ask(engine, who, task, clock):
    for login in ("zhao", "wu"):
        with pytest.raises(NotAllowed):
            ask(engine, who, task, clock, by=login)


def test_only_who_holds_it_asks_of_those_who_could(engine, who, task, clock):
    engine.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))

    with pytest.raises(NotAllowed, match="holds 调查投诉"):
        ask(engine, who, task, clock, by="wu")


@pytest.mark.parametrize(
    ("hours", "reason", "wrong"),
    [
        (1, "等待", {"until"}),  # Earlier than it is due as it is.
        (-1, "等待", {"until"}),
        (24 * 400, "等待", {"until"}),
        (24, " ", {"reason"}),
        (24, "长" * 100_000, {"reason"}),
        (0, "", {"until", "reason"}),
    ],
)
def test_it_says_all_that_is_wrong(engine, who, task, clock, hours, reason, wrong):
    with pytest.raises(InvalidValues) as refusal:
        ask(engine, who, task, clock, hours=hours, reason=reason)

    assert {name for name, faults in refusal.value.errors.items() if faults} == wrong


def test_a_moment_without_a_zone_is_refused(engine, who, task):
    naive = datetime(2026, 3, 9, 12)  # noqa: DTZ001 - It is what is to be refused.

    with pytest.raises(InvalidValues):
        engine.run(RequestExtension(task, naive, "x"), by=who("lin"))


def test_a_task_whose_diagram_says_nothing_is_not_extended(
    deployed, who, investigate, clock
):
    deployed.run(ClaimTask(investigate), by=who("lin"))

    with pytest.raises(InvalidState, match="may be extended"):
        ask(deployed, who, investigate, clock)


def test_one_request_is_open_at_a_time(engine, who, task, clock):
    ask(engine, who, task, clock)

    with pytest.raises(Conflict, match="林文员 asked"):
        ask(engine, who, task, clock, hours=48)


def test_what_is_over_is_not_extended(engine, who, task, clock):
    engine.run(CompleteTask(task, FOUND), by=who("lin"))

    with pytest.raises(Conflict, match="completed it"):
        ask(engine, who, task, clock)


def test_an_unknown_task_is_refused(engine, who, task, clock):
    with pytest.raises(NotFound):
        ask(engine, who, TaskId(99), clock)


def test_who_asked_does_not_decide_even_with_the_role(engine, who, task, clock):
    engine.run(GrantRole(who("lin").person_id, "head", "north"), by=who("root"))
    number = ask(engine, who, task, clock)

    with pytest.raises(NotAllowed, match="somebody else"):
        decide(engine, who, number, True, by="lin")


def test_heads_of_other_units_do_not_decide(engine, who, task, clock):
    number = ask(engine, who, task, clock)

    for login in ("qian", "wu", "root"):
        with pytest.raises(NotAllowed):
            decide(engine, who, number, True, by=login)


def test_nobody_but_who_asks_could_decide(engine, who, task, clock):
    engine.run(CompleteTask(task, FOUND), by=who("lin"))
    approve = waiting(engine, "approve")

    # The clerk leads the head, and is the only clerk.
    with pytest.raises(InvalidState, match="there is nobody"):
        ask(engine, who, approve, clock, by="lin", hours=48)


def test_it_is_decided_once(engine, who, task, clock):
    number = ask(engine, who, task, clock)
    decide(engine, who, number, True)

    with pytest.raises(Conflict, match="赵主管"):
        decide(engine, who, number, False, remark="不")


def test_a_refusal_says_why(engine, who, task, clock):
    number = ask(engine, who, task, clock)

    with pytest.raises(InvalidValues) as refusal:
        decide(engine, who, number, False)

    assert refusal.value.errors["remark"]


def test_what_is_past_by_now_is_not_granted(engine, who, task, clock):
    number = ask(engine, who, task, clock, hours=24)
    clock.move(hours=25)

    with pytest.raises(InvalidValues) as refusal:
        decide(engine, who, number, True)

    assert "still to come" in str(refusal.value.errors["until"][0])


def test_an_unknown_request_is_refused(engine, who, task):
    with pytest.raises(NotFound):
        engine.run(DecideExtension(99, granted=True), by=who("zhao"))


def test_a_request_lapses_with_its_task(engine, who, task, clock):
    number = ask(engine, who, task, clock)

    engine.run(CompleteTask(task, FOUND), by=who("lin"))

    assert request(engine).state == "lapsed"
    with pytest.raises(InvalidState, match="lapsed"):
        decide(engine, who, number, True)


def test_a_request_waits_again_where_the_task_is_taken_back(engine, who, task, clock):
    number = ask(engine, who, task, clock)
    engine.run(CompleteTask(task, FOUND), by=who("lin"))

    engine.run(WithdrawTask(task), by=who("lin"))

    decide(engine, who, number, True)
    assert request(engine).state == "granted"


def test_a_request_lapses_with_its_case(engine, who, task, clock):
    ask(engine, who, task, clock)

    engine.run(CancelCase(task_row(engine, task).case_id, "重复"), by=who("root"))

    assert request(engine).state == "lapsed"


def test_time_given_late_ends_the_breach(engine, who, task, clock):
    clock.move(hours=5)
    work(engine)

    decide(engine, who, ask(engine, who, task, clock), True)

    [breach] = breaches(engine)
    assert (breach.outcome, breach.late_minutes) == ("extended", 30)
    assert task_row(engine, task).due == moment(clock, 24)
    clock.move(hours=25)
    work(engine)
    assert len(breaches(engine)) == 2  # The new date was broken too.


def test_the_journal_has_no_reasons_but_the_dates(engine, who, task, clock):
    number = ask(engine, who, task, clock)
    decide(engine, who, number, True, remark="同意")

    lines = rows(engine, JournalLine)[-2:]
    assert [line.command for line in lines] == ["RequestExtension", "DecideExtension"]
    assert "等待" not in lines[0].body
    assert loads(lines[0].body)["extension"] == number
