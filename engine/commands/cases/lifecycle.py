"""Commands about cases as a whole: start, correct, comment, cancel."""

from dataclasses import dataclass, field

from engine.commands.admitting import filling
from engine.commands.admitting.entries import refuse_faults, text_faults
from engine.commands.admitting.permission import require
from engine.commands.command import PRIVATE
from engine.commands.moving.case import pick_up
from engine.commands.steps import progress
from engine.commands.steps.starting import find_opening, open_case, starting_unit
from engine.model import (
    CaseId,
    InvalidState,
    NotAllowed,
    Sentence,
    Variables,
)
from engine.store.drafts import drop_draft, start_place
from engine.store.facts import registrar
from engine.store.models import Case, Comment
from engine.store.transaction import Transaction
from engine.store.visibility import sees_case


@dataclass(frozen=True, slots=True)
class StartCase:
    """Register a complaint: open a case with what was entered on the start form."""

    policy_key: str
    process_id: str
    values: Variables = field(metadata=PRIVATE)
    unit: str | None = None  #: For whom holds the role in several units.

    def run(self, tx: Transaction) -> CaseId:
        """Open the case.

        Raises:
            NotFound: If the policy is not deployed or not started so by people.
            NotAllowed: If the actor holds none of the roles for it.
            InvalidValues: If what was entered does not fit the form.
        """
        opening = find_opening(tx, self.policy_key, self.process_id, "staff")
        unit = starting_unit(tx.actor, opening, self.unit)
        loaded = opening.loaded
        process = loaded.definitions.process(self.process_id)
        form_id = next((s.form_id for s in process.starts if s.kind == "none"), None)
        known = {"registrar": registrar(tx, unit)}
        accepted = filling.accept(
            tx, loaded, form_id, self.values, case=None, variables=known
        )
        submission = tx.submit(accepted, command="StartCase", form_id=form_id)
        moving = open_case(tx, opening, accepted, unit=unit)
        filling.keep(tx, submission, moving.case)
        drop_draft(tx, start_place(self.policy_key, self.process_id))
        tx.note(number=moving.case.number, deployment=moving.case.deployment_id)
        return CaseId(moving.case.id)


@dataclass(frozen=True, slots=True)
class CorrectVariable:
    """Set variables of a case by hand, where a diagram or a person got them wrong."""

    case_id: CaseId
    values: Variables = field(metadata=PRIVATE)
    reason: str = field(default="", metadata=PRIVATE)

    def run(self, tx: Transaction) -> None:
        """Set the variables; what the case waits for stays, conditions are looked at anew.

        Raises:
            NotAllowed: If the actor does not operate.
            NotFound: If there is no such case.
            InvalidState: If the case is over.
            InvalidValues: If there is nothing to set.
        """
        require(tx.actor, "operate")
        case = tx.case(self.case_id)
        refuse_unseen(tx, case)
        refuse_ended(case)
        if not self.values:
            refuse_faults(
                {"values": (Sentence("Expected a variable to set, but there is none."),)}
            )
        tx.submit(self.values, command="CorrectVariable", case_id=case.id)
        if self.reason.strip():
            said = Comment(case_id=case.id, task_id=None, at=tx.now, by=tx.actor.login)
            said.text = self.reason.strip()
            tx.add(said)
        moving = pick_up(tx, case)
        progress.record(moving, moving.execution.correct(self.values, moving.around))


@dataclass(frozen=True, slots=True)
class AddComment:
    """Remark something on a case, for those who see it."""

    case_id: CaseId
    text: str = field(metadata=PRIVATE)
    task_id: int | None = None

    def run(self, tx: Transaction) -> int:
        """Add the comment and return its number.

        Raises:
            NotFound: If there is no such case.
            NotAllowed: If the actor does not see it.
            InvalidState: If the personal data of the case was erased.
            InvalidValues: If the text is empty or too long.
        """
        case = tx.case(self.case_id)
        refuse_unseen(tx, case)
        refuse_erased(case)
        refuse_faults({"text": text_faults(self.text)})
        if self.task_id is not None and tx.find_task(self.task_id).case_id != case.id:
            raise InvalidState(
                "Expected task {task} to belong to case {number}, but it does not.",
                task=self.task_id,
                number=case.number,
            )
        comment = tx.add(
            Comment(
                case_id=case.id,
                task_id=self.task_id,
                at=tx.now,
                by=tx.actor.login,
                text=self.text.strip(),
            )
        )
        tx.note(comment=comment.id)
        return comment.id


@dataclass(frozen=True, slots=True)
class CancelCase:
    """End a case before its process does, and say why."""

    case_id: CaseId
    reason: str = field(metadata=PRIVATE)

    def run(self, tx: Transaction) -> None:
        """Cancel the case with all that waits for it.

        Raises:
            NotAllowed: If the actor does not operate.
            NotFound: If there is no such case.
            InvalidState: If the case is over.
            InvalidValues: If there is no reason.
        """
        require(tx.actor, "operate")
        case = tx.case(self.case_id)
        refuse_unseen(tx, case)
        refuse_ended(case)
        refuse_faults({"reason": text_faults(self.reason)})
        case.reason = self.reason.strip()
        progress.end(pick_up(tx, case), "cancelled")
        case.updated_at = tx.now


def refuse_ended(case: Case) -> None:
    """Refuse to go on with a case that is over.

    Raises:
        InvalidState: If it is closed or cancelled.
    """
    if case.state != "open":
        raise InvalidState(
            "Expected case {number} to be open, but it ended on {day}.",
            number=case.number,
            day=case.ended_at.date().isoformat() if case.ended_at else "",
        )


def refuse_erased(case: Case) -> None:
    """Refuse to write anything into a case of which all that people wrote was erased.

    Raises:
        InvalidState: If it was.
    """
    if case.erased_at is not None:
        raise InvalidState(
            "Expected case {number} to take what people write, but that was erased for"
            " good.",
            number=case.number,
        )


def refuse_unseen(tx: Transaction, case: Case) -> None:
    """Refuse people who must not see a case.

    Raises:
        NotAllowed: If the actor is one of them.
    """
    if not sees_case(tx, tx.actor, case.id):
        raise NotAllowed(
            "Expected a case that {name} takes part in, but {number} is none.",
            name=tx.actor.name,
            number=case.id,
        )
