"""Notices go by the channels that their readers chose, once each."""

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.people.units import GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.byhand.handing_on import HandOnTask
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.commands.telling.robots import RemoveRobot
from engine.policy import Bundle
from engine.store.models import Case, Delivery, Job, Notice
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting, work
from tests.engine.commands.knowing import rows
from tests.engine.commands.telling.conftest import (
    begin,
    choose,
    group,
    mailbox,
    robot,
    sent,
)

LATE = "JY-2603-0001 调查逾期"
SOON = "案件 JY-2603-0001 的“调查投诉”即将到期。"
OVERDUE = "案件 JY-2603-0001 的“调查投诉”已逾期。"


def test_who_chose_nothing_gets_letters_by_mail_alone(deployed, who, case_id, clock):
    mailbox(deployed, who, "zhao")
    mailbox(deployed, who, "lin")
    clock.move(hours=5)

    work(deployed)

    assert sent(deployed) == [("email", "zhao", LATE)]
    assert {row.kind for row in rows(deployed, Notice)} == {"reminder", "overdue", "letter"}


def test_who_set_a_robot_hears_there_of_everything(deployed, who, case_id, clock):
    robot(deployed, who, "lin")
    clock.move(hours=5)

    work(deployed)

    assert sent(deployed) == [("chat", "lin", SOON), ("chat", "lin", OVERDUE)]


def test_each_kind_goes_by_what_was_chosen(deployed, who, case_id, clock):
    mailbox(deployed, who, "lin")
    robot(deployed, who, "lin")
    choose(deployed, who, "lin", email=["overdue"], chat=["reminder"])
    clock.move(hours=5)

    work(deployed)

    assert sent(deployed) == [("chat", "lin", SOON), ("email", "lin", OVERDUE)]


def test_nothing_goes_out_to_who_wants_none(deployed, who, case_id, clock):
    mailbox(deployed, who, "zhao")
    robot(deployed, who, "zhao")
    choose(deployed, who, "zhao")
    clock.move(hours=5)

    work(deployed)

    assert sent(deployed) == []
    assert "zhao" in {row.login for row in rows(deployed, Notice)}


def test_a_new_task_is_told_in_the_chat_and_stands_in_no_notice(deployed, who):
    robot(deployed, who, "zhao")
    deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    deployed.run(CompleteTask(waiting(deployed, "investigate"), FOUND), by=who("lin"))

    assert sent(deployed) == [("chat", "zhao", "新任务：审批换货（案件 JY-2603-0001）。")]
    [delivery] = rows(deployed, Delivery)
    assert delivery.task_id == waiting(deployed, "approve")
    assert rows(deployed, Notice) == []


def test_a_new_task_is_told_by_mail_to_who_wants_that(deployed, who):
    mailbox(deployed, who, "lin")
    choose(deployed, who, "lin", email=["offered"])

    begin(deployed, who)

    assert sent(deployed) == [("email", "lin", "新任务：调查投诉（案件 JY-2603-0001）。")]


def test_who_opened_a_task_is_not_told_of_it(deployed, who):
    robot(deployed, who, "lin")

    deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    assert sent(deployed) == []


def test_what_was_handed_on_is_told_in_the_chat(deployed, who, investigate):
    robot(deployed, who, "wu")
    deployed.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))
    deployed.run(ClaimTask(investigate), by=who("lin"))

    deployed.run(HandOnTask(investigate, "wu", "休假"), by=who("lin"))

    [(channel, login, _)] = sent(deployed)
    assert (channel, login) == ("chat", "wu")


def test_a_group_hears_of_its_own_unit(deployed, who, case_id, clock):
    group(deployed, who, "head", "north")
    group(deployed, who, "head", "south")

    deployed.run(CompleteTask(waiting(deployed, "investigate"), FOUND), by=who("lin"))

    [delivery] = rows(deployed, Delivery)
    assert (delivery.login, delivery.robot_id) == (None, 1)
    assert delivery.title == "新任务：审批换货（案件 JY-2603-0001）。"


def test_a_group_hears_no_words_of_a_letter(deployed, who, case_id, clock):
    group(deployed, who, "head", notices=("letter",))
    clock.move(hours=5)

    work(deployed)

    [delivery] = rows(deployed, Delivery)
    assert (delivery.title, delivery.body) == ("案件 JY-2603-0001 有一封信函。", "")


def test_a_group_hears_of_a_late_task_though_somebody_has_it(
    deployed, who, investigate, clock
):
    group(deployed, who, "clerk", notices=("overdue",))
    deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))
    deployed.run(ClaimTask(waiting(deployed, "approve")), by=who("zhao"))
    clock.move(days=2)

    work(deployed)

    assert [title for *_, title in sent(deployed)] == [
        "案件 JY-2603-0001 的“审批换货”已逾期。"
    ]


def test_a_letter_goes_by_no_other_channel_than_its_file_says(engine, minimal, who, clock):
    quiet = changed(
        minimal,
        "letters/late.md",
        'clauses = ["MC-2"]',
        'clauses = ["MC-2"]\nchannels = []',
    )
    engine.run(DeployBundle(quiet), by=who("root"))
    mailbox(engine, who, "zhao")
    robot(engine, who, "zhao")
    choose(engine, who, "zhao", email=["letter"], chat=["letter"])
    group(engine, who, "head", notices=("letter",))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    clock.move(hours=5)

    work(engine)

    assert sent(engine) == []
    assert [row.login for row in rows(engine, Notice, Notice.kind == "letter")] == ["zhao"]


def test_a_letter_in_the_chat_masks_who_the_customer_is(deployed, who, case_id, clock):
    robot(deployed, who, "zhao")
    choose(deployed, who, "zhao", chat=["letter"])
    clock.move(hours=5)

    work(deployed)

    [delivery] = rows(deployed, Delivery)
    assert delivery.title == LATE
    assert "演示·客户" not in delivery.body
    assert "的调查已逾期，请督促" in delivery.body


def test_each_message_is_a_job_of_its_own(deployed, who, case_id, clock):
    mailbox(deployed, who, "zhao")
    robot(deployed, who, "zhao")
    clock.move(hours=5)

    work(deployed)

    jobs = rows(deployed, Job, Job.kind.in_(["email", "chat"]))
    assert [(job.kind, job.key) for job in jobs] == [
        ("email", "email:1"),
        ("chat", "chat:2"),
    ]
    assert [row.job_id for row in rows(deployed, Delivery)] == [job.id for job in jobs]


def test_a_robot_that_was_taken_away_hears_nothing(deployed, who, case_id, clock):
    number = robot(deployed, who, "lin")
    deployed.run(RemoveRobot(number), by=who("lin"))
    clock.move(hours=5)

    work(deployed)

    assert sent(deployed) == []


@pytest.fixture
def secretive(minimal: Bundle) -> Bundle:
    """The small policy, every case of which only clerks may know of."""
    more = '\n[confidential]\nwhen = "= true"\nroles = ["clerk"]\n'
    text = minimal.files["policy.toml"] + more.encode()
    return Bundle(minimal.key, {**minimal.files, "policy.toml": text})


def test_of_a_confidential_case_the_chat_says_number_and_task_alone(
    engine, secretive, who, clock
):
    engine.run(DeployBundle(secretive), by=who("root"))
    robot(engine, who, "lin")
    begin(engine, who)
    engine.run(
        CompleteTask(waiting(engine, "investigate"), FOUND | {"fault": "misuse"}),
        by=who("lin"),
    )

    work(engine)

    assert rows(engine, Case)[0].confidential
    assert "演示·客户" not in "".join(
        row.title + row.body for row in rows(engine, Delivery)
    )
    assert {title for *_, title in sent(engine)} <= {
        "新任务：调查投诉（案件 JY-2603-0001）。",
        "案件 JY-2603-0001 有一封信函。",
    }


def test_a_group_hears_of_a_confidential_case_only_where_all_in_it_may(
    engine, secretive, who
):
    engine.run(DeployBundle(secretive), by=who("root"))
    group(engine, who, "clerk")
    group(engine, who, "head")

    begin(engine, who)
    engine.run(CompleteTask(waiting(engine, "investigate"), FOUND), by=who("lin"))

    assert [row.robot_id for row in rows(engine, Delivery)] == [1]
