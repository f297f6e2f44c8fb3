"""Two processes do the same at the same moment: one wins, the other is told."""

from collections import Counter

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.jobs.lifecycle import FireTimer
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.policies.deployments import ActivateDeployment, DeployBundle
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.model import SYSTEM
from engine.store.models import (
    Activity,
    Case,
    Deployment,
    Job,
    JournalLine,
    Message,
    Submission,
    Task,
)
from tests.together.house import House
from tests.together.racers import Again, Give, Outcome, Racers, Verify, Work
from tests.together.rapids import KEY, PROCESS, rapids

FEW, MANY = 5, 40  #: Rounds: with all tests, and in the nightly set.

pytestmark = pytest.mark.xdist_group("together")


def kinds(rounds: list[tuple[Outcome, ...]]) -> Counter:
    """Count what came of the rounds, whoever it came to."""
    return Counter(tuple(sorted(one.kind for one in each)) for each in rounds)


def told(rounds: list[tuple[Outcome, ...]]) -> list[str]:
    """Return what those were told who came too late."""
    return [one.said for each in rounds for one in each if one.kind != "done"]


def lines(house: House, command: str) -> list[JournalLine]:
    return list(house.rows(JournalLine, JournalLine.command == command))


@pytest.fixture
def race(house: House, pair: Racers):
    """Let both processes go down their lanes on the house."""
    return lambda *lanes: pair.race(house.settings, house.clock.now(), *lanes)


@pytest.fixture(params=[FEW, pytest.param(MANY, marks=pytest.mark.slow)])
def times(request: pytest.FixtureRequest) -> int:
    """How often they race."""
    return request.param


@pytest.fixture
def cases(house: House, times: int):
    return house.begin(times)


def test_two_people_complete_one_task_once(house, race, cases, times):
    tasks = house.open_tasks("examine")
    lin, wu = house.who("lin"), house.who("wu")

    rounds = race(
        [Give(CompleteTask(task), lin) for task in tasks],
        [Give(CompleteTask(task), wu) for task in tasks],
    )

    assert kinds(rounds) == {("Conflict", "done"): times}
    assert all("Expected 审查 to be open, but " in each for each in told(rounds))
    assert len(lines(house, "CompleteTask")) == times
    assert len(house.rows(Submission, Submission.command == "CompleteTask")) == times
    assert house.faults() == []


def test_a_double_click_completes_a_task_once_and_both_are_told_so(
    house, race, cases, times
):
    lin = house.who("lin")
    clicks = [
        Give(CompleteTask(task), lin, f"click-{task}")
        for task in house.open_tasks("examine")
    ]

    rounds = race(clicks, clicks)

    assert kinds(rounds) == {("done", "done"): times}
    assert all(first.result == second.result for first, second in rounds)
    assert len(lines(house, "CompleteTask")) == times
    assert house.faults() == []


def test_two_starts_with_one_command_id_are_one_case(house, race, times):
    lin = house.who("lin")
    clicks = [Give(StartCase(KEY, PROCESS, {}), lin, f"go-{n}") for n in range(times)]

    rounds = race(clicks, clicks)

    assert kinds(rounds) == {("done", "done"): times}
    assert all(first.result == second.result for first, second in rounds)
    assert len(house.rows(Case)) == times
    assert house.faults() == []


def test_cases_begun_at_once_have_numbers_without_gaps(house, race, times):
    lin, wu = house.who("lin"), house.who("wu")

    rounds = race(
        [Give(StartCase(KEY, PROCESS, {}), lin)] * times,
        [Give(StartCase(KEY, PROCESS, {}), wu)] * times,
    )

    assert kinds(rounds) == {("done", "done"): times}
    assert sorted(case.number for case in house.rows(Case)) == [
        f"JL-2603-{count:05}" for count in range(1, 2 * times + 1)
    ]


def test_a_task_is_claimed_by_one(house, race, cases, times):
    tasks = house.open_tasks("examine")
    lin, wu = house.who("lin"), house.who("wu")

    rounds = race(
        [Give(ClaimTask(task), lin) for task in tasks],
        [Give(ClaimTask(task), wu) for task in tasks],
    )

    assert kinds(rounds) == {("Conflict", "done"): times}
    assert all("Expected 审查 to be free, but " in each for each in told(rounds))
    assert house.faults() == []


def test_a_timer_and_the_completion_of_its_task_do_not_both_happen(
    house, race, cases, times
):
    timers, tasks = house.timers("too-late"), house.open_tasks("examine")
    lin = house.who("lin")
    house.clock.move(hours=5)

    rounds = race(
        [Give(FireTimer(timer), SYSTEM) for timer in timers],
        [Give(CompleteTask(task), lin) for task in tasks],
    )

    assert kinds(rounds) == {("InvalidState", "done"): times}
    for fired, completed in rounds:
        assert ("it is cancelled" in fired.said) == (completed.kind == "done")
        assert ("went on without it" in completed.said) == (fired.kind == "done")
    ended = Counter(task.state for task in house.rows(Task, Task.element_id == "examine"))
    assert ended["completed"] == sum(each[1].kind == "done" for each in rounds)
    assert ended["open"] == 0
    assert house.faults() == []


def test_of_a_message_and_a_timer_one_comes_first(house, race, cases, times):
    root, timers = house.who("root"), house.timers("nobody-answered")
    numbers = [case.number for case in house.rows(Case)]
    house.clock.move(hours=5)

    rounds = race(
        [Give(FireTimer(timer), SYSTEM) for timer in timers],
        [
            Give(CorrelateMessage("answered", number, f"m-{number}"), root)
            for number in numbers
        ],
    )

    assert {each[1].kind for each in rounds} == {"done"}
    fired = sum(each[0].kind == "done" for each in rounds)
    # Whose message nobody waits for any more is kept, as one that came too early is.
    kept = house.rows(Message, Message.state == "kept")
    assert len(kept) == fired
    went = Counter(
        each.element_id for each in house.rows(Activity, Activity.state == "left")
    )
    assert went["note-silence"] == fired
    assert went["note-answer"] == times - fired
    assert house.faults() == []


def test_a_message_that_comes_twice_is_delivered_once(house, race, cases, times):
    root = house.who("root")
    messages = [
        Give(CorrelateMessage("answered", case.number, f"m-{case.number}"), root)
        for case in house.rows(Case)
    ]

    rounds = race(messages, messages)

    assert kinds(rounds) == {("done", "done"): times}
    assert all(first.result == second.result for first, second in rounds)
    went = Counter(
        each.element_id for each in house.rows(Activity, Activity.state == "left")
    )
    assert went["note-answer"] == times
    assert len(house.rows(Message)) == times
    assert house.faults() == []


def test_two_workers_do_each_job_once(house, race, cases, times):
    house.clock.move(hours=5)

    rounds = race([Work()] * 5, [Work()] * 5)

    assert kinds(rounds) == {("done", "done"): 5}
    jobs = house.rows(Job, Job.kind.in_(("timer", "work")))
    ended = Counter((job.kind, job.state) for job in jobs)
    # Where both timers of a task are due, the one that cuts it off may take the other away.
    assert ended["timer", "done"] + ended["timer", "cancelled"] == 3 * times
    assert ended["timer", "done"] == len(lines(house, "FireTimer")) >= 2 * times
    assert ended["work", "done"] + ended["work", "cancelled"] <= times
    assert ended["work", "done"] == len(lines(house, "CarryOut"))
    assert {state for _, state in ended} <= {"done", "cancelled"}
    assert house.faults() == []


def test_verifying_finds_nothing_wrong_in_what_is_just_being_written(house, race):
    lin = house.who("lin")

    start = Give(StartCase(KEY, PROCESS, {}), lin)
    [(_, verified)] = race([Again(start, 12)], [Again(Verify(), 30)])

    assert verified.result == [[]] * 30


def test_two_administrators_activate_one_deployment_once(house, race, times):
    root = house.who("root")
    house.engine.run(DeployBundle(rapids(title="改")), by=root)
    first, second = (each.id for each in house.rows(Deployment))
    in_turn = [ActivateDeployment([first, second][n % 2]) for n in range(times)]

    rounds = race(*[[Give(command, root) for command in in_turn]] * 2)

    assert kinds(rounds) == {("InvalidState", "done"): times}
    assert all("to be active, but" in each for each in told(rounds))
    assert house.faults() == []


def test_two_administrators_deploy_the_same_bundle_once(house, race):
    root = house.who("root")
    bundles = [rapids(title=f"改{n}") for n in range(3)]
    deploy = [Give(DeployBundle(bundle), root) for bundle in bundles]

    rounds = race(deploy, deploy)

    assert kinds(rounds) == {("InvalidState", "done"): 3}
    assert [each.number for each in house.rows(Deployment)] == [1, 2, 3, 4]
    assert house.faults() == []
