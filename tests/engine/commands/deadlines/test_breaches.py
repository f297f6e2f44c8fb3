"""A broken deadline stands in the register, with who was responsible and how late."""

import pytest

from engine.commands.cases.lifecycle import CancelCase, StartCase
from engine.commands.deadlines.reviewing import ReviewBreach
from engine.commands.people.accounts import ChangePerson
from engine.commands.people.units import GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.byhand.withdrawing import WithdrawTask
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.model import Conflict, InvalidValues, NotAllowed, NotFound
from engine.store.models import BreachLeader, Task
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting, work
from tests.engine.commands.deadlines.small_policy import breaches, opened, task_row, told
from tests.engine.commands.knowing import rows


@pytest.fixture
def task(engine, minimal, who, ground):
    ground.reach("extendable", lambda: opened(engine, minimal, who))
    return waiting(engine, "investigate")


@pytest.fixture
def late(engine, who, task, clock):
    """The number of a breach of the clerk, whom nobody leads."""
    engine.run(ClaimTask(task), by=who("lin"))
    clock.move(hours=5)
    work(engine)
    return breaches(engine)[0].id


@pytest.fixture
def late_head(engine, who, task, clock):
    """The number of a breach of the head of the north, whom clerks lead."""
    engine.run(CompleteTask(task, FOUND), by=who("lin"))
    clock.move(days=2)
    work(engine)
    return breaches(engine)[0].id


def test_it_is_of_who_held_the_task(engine, task, late):
    [breach] = breaches(engine)

    assert (breach.person, breach.role, breach.unit) == ("lin", "clerk", "north")
    assert (breach.due, breach.month) == (task_row(engine, task).due, "2026-03")
    assert (breach.ended_at, breach.outcome, breach.late_minutes) == (None, None, None)


def test_it_is_of_the_role_where_nobody_held_it(engine, who, late_head):
    [breach] = breaches(engine)

    assert (breach.person, breach.role, breach.unit) == (None, "head", "north")
    assert [row.role for row in rows(engine, BreachLeader)] == ["clerk"]


def test_who_takes_it_afterwards_was_not_late(engine, who, task, clock):
    clock.move(hours=5)
    engine.run(ClaimTask(task), by=who("lin"))

    work(engine)

    assert breaches(engine)[0].person is None


def test_it_ends_with_the_task(engine, who, task, late, clock):
    clock.move(hours=1)

    engine.run(CompleteTask(task, FOUND), by=who("lin"))

    [breach] = breaches(engine)
    assert (breach.outcome, breach.late_minutes) == ("completed", 90)
    assert breach.ended_at == clock.now()


def test_it_goes_on_where_the_task_is_taken_back(engine, who, task, late, clock):
    engine.run(CompleteTask(task, FOUND), by=who("lin"))

    engine.run(WithdrawTask(task), by=who("lin"))

    [breach] = breaches(engine)
    assert (breach.id, breach.person) == (late, "lin")
    assert (breach.ended_at, breach.outcome, breach.late_minutes) == (None, None, None)


def test_it_ends_anew_with_the_task_that_was_taken_back(engine, who, task, late, clock):
    engine.run(CompleteTask(task, FOUND), by=who("lin"))
    engine.run(WithdrawTask(task), by=who("lin"))
    clock.move(hours=1)
    work(engine)

    engine.run(CompleteTask(task, FOUND), by=who("lin"))

    [breach] = breaches(engine)
    assert (breach.outcome, breach.late_minutes) == ("completed", 90)
    assert breach.ended_at == clock.now()


def test_it_stands_there_though_the_worker_never_came(engine, who, task, clock):
    engine.run(ClaimTask(task), by=who("lin"))
    clock.move(hours=5)

    engine.run(CompleteTask(task, FOUND), by=who("lin"))

    [breach] = breaches(engine)
    assert (breach.person, breach.outcome, breach.late_minutes) == ("lin", "completed", 30)
    assert told(engine, "overdue") == []


def test_what_was_late_as_the_case_ended_is_kept(engine, who, task, clock):
    clock.move(hours=5)

    engine.run(CancelCase(task_row(engine, task).case_id, "重复"), by=who("root"))

    assert [each.outcome for each in breaches(engine)] == ["cancelled"]


def test_what_was_done_in_time_is_not_in_it(engine, who, task, clock):
    engine.run(CompleteTask(task, FOUND | {"fault": "misuse"}), by=who("lin"))
    clock.move(days=2)
    work(engine)

    assert breaches(engine) == []


def test_the_roles_that_the_diagram_names_hear_of_it(engine, late):
    assert told(engine, "overdue") == ["lin", "zhao"]  # Zhao heads the branch.


def test_who_must_keep_away_hears_nothing(engine, who, minimal, task, clock):
    entered = ENTERED | {"personComplainedOf": "zhao"}
    engine.run(StartCase("minimal", "complaint", entered), by=who("lin"))
    clock.move(hours=5)
    work(engine)

    assert told(engine, "overdue").count("zhao") == 1  # Of the first case alone.


def test_customers_are_never_late(engine, who, minimal, clock):
    public = minimal.files["policy.toml"].decode() + '\n[public]\nintro = "您好"\n'
    bundle = type(minimal)(minimal.key, {**minimal.files, "policy.toml": public.encode()})
    bundle = changed(
        bundle, "complaint.bpmn", 'candidateGroups="clerk"', 'candidateGroups="customer"'
    )
    engine.run(DeployBundle(bundle), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    clock.move(hours=5)

    work(engine)

    assert rows(engine, Task, Task.element_id == "investigate")
    assert breaches(engine) == []


def test_a_leader_looks_at_it(engine, who, late_head, clock):
    engine.run(ReviewBreach(late_head, "人手不足，已协调"), by=who("lin"))

    [breach] = breaches(engine)
    assert (breach.reviewed_by, breach.reviewed_at) == ("lin", clock.now())
    assert breach.remark == "人手不足，已协调"


def test_operations_looks_at_it(engine, who, late):
    engine.run(ReviewBreach(late, "已了解"), by=who("root"))

    assert breaches(engine)[0].reviewed_by == "root"


def test_who_was_late_does_not_look_at_it(engine, who, late):
    root = who("root").person_id
    lin = who("lin").person_id
    engine.run(ChangePerson(lin, "林文员", rights=("operate",)), by=who("root"))
    assert root != lin

    with pytest.raises(NotAllowed, match="who was late"):
        engine.run(ReviewBreach(late, "x"), by=who("lin"))


def test_others_do_not_look_at_it(engine, who, late):
    engine.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))

    for login in ("lin", "wu", "zhao", "qian"):
        with pytest.raises(NotAllowed):
            engine.run(ReviewBreach(late, "x"), by=who(login))


def test_it_is_looked_at_once(engine, who, late):
    engine.run(ReviewBreach(late, "已了解"), by=who("root"))

    with pytest.raises(Conflict, match="管理员"):
        engine.run(ReviewBreach(late, "又"), by=who("root"))


@pytest.mark.parametrize("remark", ["", "  ", "长" * 100_000])
def test_it_wants_a_remark(engine, who, late, remark):
    with pytest.raises(InvalidValues):
        engine.run(ReviewBreach(late, remark), by=who("root"))


def test_an_unknown_breach_is_refused(engine, who, task):
    with pytest.raises(NotFound):
        engine.run(ReviewBreach(99, "x"), by=who("root"))
