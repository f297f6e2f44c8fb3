"""Commands of customers, who have no login: complain, answer, and judge afterwards."""

from dataclasses import dataclass, field
from datetime import timedelta

from engine.commands.admitting import filling
from engine.commands.admitting.limits import refuse_flood
from engine.commands.command import PRIVATE
from engine.commands.ledger import casehead
from engine.commands.moving.case import Moving, pick_up
from engine.commands.steps import progress
from engine.commands.steps.starting import find_opening, open_case
from engine.commands.telling import correspondence
from engine.model import CaseId, Conflict, InvalidState, NotFound, TaskId, Variables
from engine.policy.sections.public import CUSTOMER
from engine.store.facts import registrar
from engine.store.models import Case, SurveyAnswer, Task
from engine.store.surveys import answer_to_survey
from engine.store.tracking import case_by, issue
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a customer is told who has complained."""

    case_id: CaseId
    number: str


@dataclass(frozen=True, slots=True)
class StartPublicly:
    """File a complaint on the page that is open to all."""

    policy_key: str
    process_id: str
    values: Variables = field(metadata=PRIVATE)
    address: str = field(default="", metadata=PRIVATE)  #: That it came from.

    def run(self, tx: Transaction) -> Receipt:
        """Open the case, with a link for the customer, and acknowledge it.

        Raises:
            NotFound: If the policy is not deployed or not open to the public.
            InvalidValues: If what was entered does not fit the form.
            TooOften: If too much came from there, or altogether, just before.
        """
        opening = find_opening(tx, self.policy_key, self.process_id, "public")
        loaded = opening.loaded
        process = loaded.definitions.process(self.process_id)
        form_id = next((s.form_id for s in process.starts if s.kind == "none"), None)
        known = {"registrar": registrar(tx, None)}
        accepted = filling.accept(
            tx, loaded, form_id, self.values, case=None, variables=known
        )
        refuse_flood(tx, "complaint", self.address)
        submission = tx.submit(accepted, command="StartPublicly", form_id=form_id)
        moving = open_case(tx, opening, accepted)
        filling.keep(tx, submission, moving.case)
        issue(tx, moving.case)
        correspondence.acknowledge(moving)
        tx.note(number=moving.case.number, deployment=moving.case.deployment_id)
        return Receipt(CaseId(moving.case.id), moving.case.number)


@dataclass(frozen=True, slots=True)
class CompleteAsCustomer:
    """Answer what one is asked about one's own complaint."""

    token: str = field(metadata=PRIVATE, repr=False)
    task_id: TaskId
    values: Variables = field(default_factory=dict, metadata=PRIVATE)
    address: str = field(default="", metadata=PRIVATE)

    def run(self, tx: Transaction) -> None:
        """Close the task with the answers and move the case on.

        Somebody inside who had taken it meanwhile finds it answered.

        Raises:
            NotFound: If the link leads nowhere, or there is no such question.
            Conflict: If it is answered already.
            InvalidState: If the case went on without it.
            InvalidValues: If what was entered does not fit the form.
            TooOften: If too much came from there just before.
        """
        case = tx.case(case_by(tx, self.token).id)
        task = self._question(tx, case)
        moving = pick_up(tx, case)
        accepted = filling.accept(
            tx,
            moving.policy,
            task.form_id,
            self.values,
            case=case,
            variables=moving.execution.visible(task.token),
            evidence=task.properties.get("evidence"),
        )
        refuse_flood(tx, "answer", self.address)
        task.state, task.ended_at = "completed", tx.now
        task.completed_by = task.assignee = tx.actor.login
        submission = tx.submit(
            accepted,
            command="CompleteAsCustomer",
            case_id=case.id,
            task_id=task.id,
            form_id=task.form_id,
        )
        filling.keep(tx, submission, case, task.id)
        progress.record(
            moving, moving.execution.complete(task.token, accepted, moving.around)
        )

    def _question(self, tx: Transaction, case: Case) -> Task:
        """Return the task, if it is a question of this case that is still open."""
        task = tx.session.get(Task, self.task_id)
        asked = task is not None and any(each.role == CUSTOMER for each in task.candidates)
        if task is None or task.case_id != case.id or not asked:
            raise NotFound("Expected to find this question, but there is none.")
        if task.state == "completed":
            raise Conflict(
                "Expected the question to be open, but it is answered already. Thank you."
            )
        if task.state != "open":
            raise InvalidState(
                "Expected the question to be open, but it need not be answered any more."
            )
        return task


@dataclass(frozen=True, slots=True)
class SubmitSurvey:
    """Say how satisfied one is with the way that one's complaint was dealt with."""

    token: str = field(metadata=PRIVATE, repr=False)
    values: Variables = field(metadata=PRIVATE)
    address: str = field(default="", metadata=PRIVATE)

    def run(self, tx: Transaction) -> None:
        """Keep the answers with the case.

        Raises:
            NotFound: If the link leads nowhere, or there is no survey.
            Conflict: If it was answered before.
            InvalidState: If the case is not closed, or was so too long ago.
            InvalidValues: If what was entered does not fit the form.
            TooOften: If too much came from there just before.
        """
        case = tx.case(case_by(tx, self.token).id)
        moving = pick_up(tx, case)
        form_id = _survey_form(tx, moving)
        accepted = filling.accept(
            tx,
            moving.policy,
            form_id,
            self.values,
            case=case,
            variables=moving.execution.variables,
        )
        refuse_flood(tx, "answer", self.address)
        submission = tx.submit(
            accepted, command="SubmitSurvey", case_id=case.id, form_id=form_id
        )
        filling.keep(tx, submission, case)
        tx.add(SurveyAnswer(case_id=case.id, submission_id=submission.id, at=tx.now))
        casehead.refresh(tx, case, moving.policy, moving.execution.variables)
        case.updated_at = tx.now


def _survey_form(tx: Transaction, moving: Moving) -> str:
    public, case = moving.policy.settings.public, moving.case
    if public is None or public.survey is None:
        raise NotFound("Expected to find a survey, but there is none.")
    if answer_to_survey(tx, case.id) is not None:
        raise Conflict(
            "Expected the survey to be open, but it is answered already. Thank you."
        )
    if case.state != "closed" or case.ended_at is None:
        raise InvalidState(
            "Expected the complaint to be dealt with before it is judged, but it is not."
        )
    if tx.now > case.ended_at + timedelta(days=public.survey_days):
        raise InvalidState("Expected the survey to be open, but its time is over.")
    return public.survey
