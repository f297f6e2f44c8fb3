"""Signing what was entered at a task: the person shows once more who they are."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from engine.commands.people.attempts import note_attempt, seconds_to_wait
from engine.commands.people.passwords import verify_password
from engine.model import CaseId, NotAllowed
from engine.store import journal, people
from engine.store.models import Signature, Submission, Task
from engine.store.reading import Reading
from engine.store.signatures import documents_in, signature_digest
from engine.store.transaction import Transaction

_EVER = datetime(2000, 1, 1, tzinfo=UTC)


class NotSigned(NotAllowed):
    """The task asks for a signature, and there is none that holds."""


class WrongPassword(NotSigned):
    """Somebody tried to sign with a password that is not theirs."""


@dataclass(frozen=True, slots=True)
class Proof:
    """That the person who completes a task is the one who logged in."""

    password: str = field(repr=False)
    address: str = ""  #: Where it was typed; wrong ones are counted for it too.
    holds: bool = False  #: Found out before the transaction; scenarios vouch themselves.


def is_signed(task: Task) -> bool:
    """Tell whether whoever completes *task* signs."""
    return task.properties.get("signed") == "yes"


def looked_at(reading: Reading, proof: Proof) -> Proof:
    """Return *proof* with whether its password is that of the person who asks.

    Raises:
        NotSigned: While the wait after wrong passwords lasts.
    """
    if proof.holds:
        return proof
    refuse_haste(reading, proof)
    person = people.person_or_none(reading, reading.actor.login)
    kept = person.password_hash if person and person.active else None
    return replace(proof, holds=verify_password(kept, proof.password))


def refuse_unsigned(tx: Transaction, task: Task, proof: Proof | None) -> None:
    """Refuse to complete *task* where it must be signed and is not.

    Raises:
        NotSigned: Without a password, with a wrong one, or where the person has none.
    """
    if not is_signed(task) or (proof is not None and proof.holds):
        return
    person = people.person_or_none(tx, tx.actor.login)
    if person is None or person.password_hash is None:
        raise NotSigned(
            "{task} is signed with a password of this system, but {name} has none here. Let"
            " an administrator set one.",
            task=task.name,
            name=tx.actor.name,
        )
    if proof is None or not proof.password:
        raise NotSigned("{task} is signed: type your password once more.", task=task.name)
    refuse_haste(tx, proof)
    raise WrongPassword(
        "Expected the password of {name}, but this is another. Nothing was signed.",
        name=tx.actor.name,
    )


def refuse_haste(reading: Reading, proof: Proof) -> None:
    """Refuse to look at a password while the wait after wrong ones lasts.

    Raises:
        NotSigned: With the seconds that are left.
    """
    seconds = seconds_to_wait(reading, reading.actor.login, proof.address)
    if seconds:
        raise NotSigned(
            "Expected to sign, but after several wrong passwords the next try is possible"
            " in {seconds} seconds.",
            seconds=seconds,
        )


def sign(
    tx: Transaction, task: Task, submission: Submission, proof: Proof | None
) -> Signature:
    """Keep who signed what was entered at *task*, and let the journal cite it."""
    if proof is not None and people.failures_of_login(tx, tx.actor.login, _EVER)[0]:
        note_attempt(tx, tx.actor.login, proof.address, succeeded=True)
    signature = Signature(
        case_id=task.case_id,
        case_number=task.case.number,
        task_id=task.id,
        element_id=task.element_id,
        submission_id=submission.id,
        form_id=submission.form_id,
        login=tx.actor.login,
        name=tx.actor.name,
        at=tx.now,
        submission_digest=submission.digest,
        documents=documents_in(submission.values),
    )
    signature.digest = signature_digest(signature)
    tx.add(signature)
    tx.note(signature={"id": signature.id, "digest": signature.digest})
    return signature


def keep_refusal(tx: Transaction, task_id: int, proof: Proof) -> None:
    """Count a wrong password, and write into the case's journal that nobody signed."""
    note_attempt(tx, tx.actor.login, proof.address, succeeded=False)
    task = tx.task(task_id)
    entry = journal.Entry(
        at=tx.now,
        actor=tx.actor.login,
        command="SignatureRefused",
        command_id=tx.holdings.chance.token(16),
        body={"task_id": task.id, "address": proof.address},
        result=None,
    )
    stream = journal.case_stream(task.case_id, demo=task.case.demo)
    journal.append(tx.session, entry, stream=stream, case_id=CaseId(task.case_id))
