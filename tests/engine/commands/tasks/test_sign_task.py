"""A task that must be signed asks for the password, and keeps who signed what."""

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.people.sessions import LogIn
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.commands.tasks.signing import NotSigned, Proof, WrongPassword
from engine.model import SYSTEM, Conflict, InvalidValues, NotAllowed
from engine.store.models import JournalLine, LoginAttempt, Signature, Submission, Task
from engine.store.signatures import signature_digest
from engine.store.values import loads
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting
from tests.engine.commands.knowing import rows, with_password
from tests.people import PASSWORD

RIGHT = Proof(PASSWORD, "10.0.0.1")
WRONG = Proof("wrong password", "10.0.0.1")


def with_signature(bundle):
    """Return the small policy, where an investigation is signed."""
    return changed(
        bundle,
        "complaint.bpmn",
        '<zeebe:property name="warn" value="2 working hours" />',
        '<zeebe:property name="warn" value="2 working hours" />'
        '<zeebe:property name="signed" value="yes" />',
    )


@pytest.fixture
def signed(engine, who, minimal):
    """A case whose investigation waits to be signed by a clerk with a password."""
    engine.run(DeployBundle(with_signature(minimal)), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    with_password(engine, "lin")
    return engine


def complete(engine, actor, proof, values=FOUND, command_id=None):
    task_id = rows(engine, Task, Task.element_id == "investigate")[-1].id
    return engine.run(CompleteTask(task_id, values, proof), by=actor, command_id=command_id)


def test_it_keeps_who_signed_what_and_when(signed, who, clock):
    complete(signed, who("lin"), RIGHT)

    [signature] = rows(signed, Signature)
    submission = rows(signed, Submission)[-1]
    assert (signature.login, signature.name, signature.at) == (
        "lin",
        "林文员",
        clock.now(),
    )
    assert signature.submission_digest == submission.digest
    assert signature.digest == signature_digest(signature)
    assert loads(rows(signed, JournalLine)[-1].body)["signature"] == {
        "id": signature.id,
        "digest": signature.digest,
    }


def test_without_a_password_nothing_is_completed(signed, who):
    with pytest.raises(NotSigned, match="type your password"):
        complete(signed, who("lin"), None)

    assert waiting(signed, "investigate")
    assert not rows(signed, LoginAttempt)


def test_with_a_wrong_password_nothing_is_completed(signed, who):
    with pytest.raises(WrongPassword, match="Nothing was signed"):
        complete(signed, who("lin"), WRONG)

    assert waiting(signed, "investigate")
    assert not rows(signed, Signature)


def test_a_wrong_password_is_counted_and_journaled_without_it(signed, who):
    with pytest.raises(NotSigned):
        complete(signed, who("lin"), WRONG)

    [attempt] = rows(signed, LoginAttempt)
    assert (attempt.login, attempt.address, attempt.succeeded) == ("lin", "10.0.0.1", False)
    line = rows(signed, JournalLine)[-1]
    assert (line.command, line.actor, line.stream) == (
        "SignatureRefused",
        "lin",
        "case:1",
    )
    assert all("password" not in each.body for each in rows(signed, JournalLine)[-2:])


def test_the_password_of_somebody_else_does_not_sign(signed, who):
    with_password(signed, "zhao")
    signed.run(LogIn("zhao", PASSWORD, "10.0.0.1"), by=SYSTEM)

    with pytest.raises(NotAllowed) as refusal:
        complete(signed, who("zhao"), RIGHT)

    assert not isinstance(refusal.value, NotSigned)
    assert not rows(signed, Signature)


def test_after_five_wrong_passwords_even_the_right_one_waits(signed, who, clock):
    for _ in range(5):
        with pytest.raises(WrongPassword):
            complete(signed, who("lin"), WRONG)

    with pytest.raises(NotSigned, match="3 seconds"):
        complete(signed, who("lin"), RIGHT)
    with pytest.raises(NotAllowed, match="3 seconds"):
        signed.run(LogIn("lin", PASSWORD, "10.0.0.2"), by=SYSTEM)

    clock.move(seconds=3)
    complete(signed, who("lin"), RIGHT)
    assert rows(signed, LoginAttempt)[-1].succeeded


def test_who_has_no_password_here_cannot_sign(engine, who, minimal):
    engine.run(DeployBundle(with_signature(minimal)), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    for proof in (None, WRONG):
        with pytest.raises(NotSigned, match="has none here"):
            complete(engine, who("lin"), proof)


def test_signing_twice_is_a_conflict_and_one_signature(signed, who):
    complete(signed, who("lin"), RIGHT)

    with pytest.raises(Conflict):
        complete(signed, who("lin"), RIGHT)

    assert len(rows(signed, Signature)) == 1


def test_the_same_click_twice_signs_once(signed, who):
    first = complete(signed, who("lin"), RIGHT, command_id="click")

    assert complete(signed, who("lin"), RIGHT, command_id="click") == first
    assert len(rows(signed, Signature)) == 1


def test_wrong_values_are_told_before_the_password(signed, who):
    with pytest.raises(InvalidValues):
        complete(signed, who("lin"), WRONG, {"fault": "quality"})

    assert not rows(signed, LoginAttempt)


def test_a_task_that_is_not_signed_takes_no_notice_of_a_password(
    deployed, who, investigate
):
    deployed.run(CompleteTask(investigate, FOUND, WRONG), by=who("lin"))

    assert not rows(deployed, Signature)
    assert not rows(deployed, LoginAttempt)


def test_a_proof_does_not_show_its_password():
    assert PASSWORD not in repr(CompleteTask(1, {}, RIGHT))
