"""Taking, finishing and failing jobs, which happen outside, with a mail as example."""

from datetime import timedelta

import pytest

from engine.commands.jobs.lifecycle import FailJob, FinishJob, TakeJob, TakenJob
from engine.commands.operations.dispatch import command_of
from engine.commands.operations.incidents import RetryIncident
from engine.commands.people.accounts import ChangePerson
from engine.model import SYSTEM, InvalidState, NotAllowed, NotFound, Sentence
from engine.store.models import Delivery, Incident, Job, JournalLine
from tests.engine.commands.knowing import rows

BUSY = Sentence("The mail server is busy.")


@pytest.fixture
def mail(deployed, who, case_id, clock):
    """The id of a job that owes a mail."""
    zhao = who("zhao").person_id
    deployed.run(ChangePerson(zhao, "赵主管", "zhao@example.com"), by=who("root"))
    clock.move(hours=5)
    for job in rows(deployed, Job, Job.state == "waiting"):
        assert job.due_at <= clock.now()
    work_all_but_mail(deployed)
    return job_of(deployed).id


def work_all_but_mail(engine):
    while todo := rows(engine, Job, Job.state == "waiting", Job.kind != "email"):
        for job in todo:
            taken = TakenJob(job.id, job.kind, job.case_id, 1, job.payload)
            engine.run(command_of(taken), by=SYSTEM)


def job_of(engine):
    return rows(engine, Job, Job.kind == "email")[0]


def test_it_is_taken_by_one_for_a_while(deployed, mail, clock):
    taken = deployed.run(TakeJob(mail), by=SYSTEM)

    assert (taken.kind, taken.attempts) == ("email", 1)
    assert deployed.run(TakeJob(mail), by=SYSTEM) is None
    assert job_of(deployed).locked_until == clock.now() + timedelta(seconds=20)


def test_what_its_runner_left_behind_is_taken_again(deployed, mail, clock):
    deployed.run(TakeJob(mail), by=SYSTEM)
    clock.move(minutes=2)

    assert deployed.run(TakeJob(mail), by=SYSTEM).attempts == 2


def test_a_job_that_ends_all_its_runners_is_given_up(deployed, mail, clock):
    for _ in range(5):
        assert deployed.run(TakeJob(mail), by=SYSTEM)
        clock.move(minutes=2)

    assert deployed.run(TakeJob(mail), by=SYSTEM) is None
    assert job_of(deployed).state == "failed"
    assert len(rows(deployed, Incident)) == 1


def test_taking_is_no_event(deployed, mail):
    before = len(rows(deployed, JournalLine))

    deployed.run(TakeJob(mail), by=SYSTEM)

    assert len(rows(deployed, JournalLine)) == before


def test_what_was_sent_is_done(deployed, mail, clock):
    deployed.run(TakeJob(mail), by=SYSTEM)
    deployed.run(FinishJob(mail), by=SYSTEM)

    [delivery] = rows(deployed, Delivery)
    assert (job_of(deployed).state, delivery.state) == ("done", "sent")
    assert delivery.sent_at == clock.now()


def test_finishing_twice_is_refused(deployed, mail):
    deployed.run(FinishJob(mail), by=SYSTEM)

    with pytest.raises(InvalidState, match="it is done"):
        deployed.run(FinishJob(mail), by=SYSTEM)


def test_what_failed_is_owed_again_later_and_later(deployed, mail, clock):
    waits = []
    for _ in range(3):
        deployed.run(TakeJob(mail), by=SYSTEM)
        deployed.run(FailJob(mail, BUSY), by=SYSTEM)
        waits.append((job_of(deployed).due_at - clock.now()).total_seconds())
        clock.move(seconds=waits[-1])

    assert waits == [30, 60, 120]
    assert rows(deployed, Delivery)[0].error == BUSY


def test_after_the_last_try_operations_is_told(deployed, mail, clock):
    for _ in range(5):
        deployed.run(TakeJob(mail), by=SYSTEM)
        deployed.run(FailJob(mail, BUSY), by=SYSTEM)
        clock.move(hours=1)

    [incident] = rows(deployed, Incident)
    assert (incident.kind, incident.sentence, incident.job_id) == ("job", BUSY, mail)
    assert rows(deployed, Delivery)[0].state == "failed"


def test_what_is_no_use_is_not_tried_again(deployed, mail):
    deployed.run(TakeJob(mail), by=SYSTEM)
    deployed.run(FailJob(mail, Sentence("No such mailbox."), permanent=True), by=SYSTEM)

    assert job_of(deployed).state == "failed"
    assert len(rows(deployed, Incident)) == 1


def test_a_retry_owes_it_anew(deployed, who, mail, clock):
    deployed.run(FailJob(mail, BUSY, permanent=True), by=SYSTEM)
    [incident] = rows(deployed, Incident)

    deployed.run(RetryIncident(incident.id), by=who("root"))

    assert deployed.run(TakeJob(mail), by=SYSTEM).attempts == 1


@pytest.mark.parametrize("command", [TakeJob, FinishJob, lambda job: FailJob(job, BUSY)])
def test_people_have_nothing_to_do_with_it(deployed, who, mail, command):
    with pytest.raises(NotAllowed):
        deployed.run(command(mail), by=who("lin"))


@pytest.mark.parametrize("command", [TakeJob, FinishJob, lambda job: FailJob(job, BUSY)])
def test_they_refuse_an_unknown_job(deployed, command):
    with pytest.raises(NotFound):
        deployed.run(command(99), by=SYSTEM)
