"""The clock is set forward and back, by a day: timers fire once, and nothing is lost."""

import contextlib
import random
from datetime import timedelta

import pytest

from engine.commands.jobs.lifecycle import FireTimer, TakeJob
from engine.commands.operations.upkeep import SealJournal
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.people.accounts import SetPassword
from engine.commands.people.sessions import LogIn, SeeSession
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import SYSTEM, NotAllowed, Rejected, TaskId
from engine.queries.people.sessions import SignedIn
from engine.store.models import Case, Incident, Job, Subscription, Task
from engine.worker import JobRunner
from tests.crash import judging
from tests.people import PASSWORD

STEPS = 16
JUMPS = (0.01, 0.5, 2, 24, -24, -2)  #: Hours.

pytestmark = pytest.mark.xdist_group("together")


def harm(house) -> list[str]:
    return [
        *house.faults(),
        *judging.judge_effects(house.engine),
        *judging.judge_numbers(house.engine),
        *judging.judge_states(house.engine),
    ]


def test_whatever_happens_while_the_clock_jumps_happens_once(house):
    chance = random.Random(3)
    for _ in range(STEPS):
        house.clock.move(hours=chance.choice(JUMPS))
        with contextlib.suppress(Rejected):
            chance.choice([begin, complete, tell, work, seal])(house, chance)
    assert harm(house) == []

    while house.rows(Case, Case.state == "open"):
        house.clock.move(days=1)
        work(house, chance)
        for task in house.rows(Task, Task.state == "open"):
            house.engine.run(CompleteTask(TaskId(task.id)), by=house.who("lin"))
    assert not house.rows(Incident)
    assert harm(house) == []
    # Without a mail server, letters wait.
    assert [each for each in judging.judge_ends(house.engine) if "email" not in each] == []


def begin(house, chance):
    house.begin(1)


def complete(house, chance):
    for task in house.rows(Task, Task.state == "open")[:1]:
        house.engine.run(CompleteTask(TaskId(task.id)), by=house.who("lin"))


def tell(house, chance):
    found = house.rows(Subscription)
    if found:
        key = chance.choice(found).key
        house.engine.run(CorrelateMessage("answered", key, key), by=house.who("root"))


def work(house, chance):
    while JobRunner(house.engine).run_due():
        pass


def seal(house, chance):
    house.engine.run(SealJournal(), by=SYSTEM)


def test_a_timer_that_fired_too_early_does_not_fire_again(house):
    house.begin(1)
    [timer] = house.timers("too-late")
    house.clock.move(days=1)
    house.engine.run(FireTimer(timer), by=SYSTEM)

    house.clock.move(days=-1)
    house.clock.move(hours=5)

    assert JobRunner(house.engine).run(timer) is False
    assert harm(house) == []


def test_a_job_taken_while_the_clock_was_ahead_is_taken_over_when_it_is_right(house):
    house.begin(1)
    [timer] = house.timers("too-late")
    house.clock.move(days=1, hours=5)
    house.engine.run(TakeJob(timer), by=SYSTEM)

    house.clock.move(days=-1)

    assert JobRunner(house.engine).run_due()
    [job] = house.rows(Job, Job.id == timer)
    assert job.state == "done"


def test_a_job_that_a_worker_has_is_left_to_it_by_one_whose_clock_is_behind(house):
    house.begin(1)
    [timer] = house.timers("too-late")
    house.clock.move(hours=5)
    house.engine.run(TakeJob(timer, lease=timedelta(seconds=20)), by=SYSTEM)

    house.clock.move(minutes=-10)

    assert house.engine.run(TakeJob(timer), by=SYSTEM) is None


def test_who_mistyped_while_the_clock_was_ahead_is_not_locked_out_afterwards(house):
    lin, run = house.who("lin"), house.engine.run
    run(SetPassword(lin.person_id, PASSWORD), by=SYSTEM)
    house.clock.move(days=1)
    for _ in range(8):
        with contextlib.suppress(NotAllowed):
            run(LogIn("lin", "wrong", "10.0.0.1"), by=SYSTEM)

    house.clock.move(days=-1)

    assert run(LogIn("lin", PASSWORD, "10.0.0.1"), by=SYSTEM).token


def test_sessions_outlast_a_clock_that_was_ahead_and_end_in_time(house):
    lin, run = house.who("lin"), house.engine.run
    run(SetPassword(lin.person_id, PASSWORD), by=SYSTEM)
    token = run(LogIn("lin", PASSWORD, "10.0.0.1"), by=SYSTEM)

    house.clock.move(days=1)
    assert house.engine.ask(SignedIn(token.token), by=SYSTEM) is None
    house.clock.move(days=-1)
    house.clock.move(hours=1)
    assert house.engine.ask(SignedIn(token.token), by=SYSTEM) is not None
    run(SeeSession(token.session_id), by=lin)
    house.clock.move(hours=13)
    assert house.engine.ask(SignedIn(token.token), by=SYSTEM) is None
