"""Asks others for an opinion on a task, and takes their answers."""

from dataclasses import dataclass, field

from sqlalchemy import select

from engine.commands.admitting.permission import has_right
from engine.commands.command import PRIVATE
from engine.commands.moving.handling import leads, refuse_closed, refuse_excluded
from engine.commands.tasks.byhand.permitting import (
    chosen_person,
    handled,
    refuse_wordless,
    tell,
)
from engine.model import InvalidState, NotAllowed, NotFound, Sentence, TaskId
from engine.store.models import Opinion, Task
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class AskOpinion:
    """Ask somebody for an opinion before a task is done."""

    task_id: TaskId
    login: str  #: Of whom is asked.
    question: str = field(metadata=PRIVATE)
    holds: bool = False  #: Whether the task waits for the answer.

    def run(self, tx: Transaction) -> int:
        """Put the question; the person may see the case from then on.

        Raises:
            NotFound: If there is no such task or active person.
            NotAllowed: If the task is not the actor's, the policy does not allow it, or
                the person must keep away.
            Conflict, InvalidState: If it is taken, completed or gone, or the person is
                the actor or was asked already.
            InvalidValues: If there is no question.
        """
        task = handled(tx, self.task_id, "ask-opinion")
        refuse_wordless(question=self.question)
        person = chosen_person(tx, task, self.login)
        if person.login == tx.actor.login or _asked(tx, task, person.login):
            raise InvalidState(
                "Expected somebody who is not asked yet, but {name} is.", name=person.name
            )
        opinion = tx.add(
            Opinion(
                case_id=task.case_id,
                task_id=task.id,
                by=tx.actor.login,
                at=tx.now,
                asked=person.login,
                question=self.question.strip(),
                holds=self.holds,
                state="open",
            )
        )
        tx.session.flush()
        sentence = Sentence(
            "{name} asks for your opinion on “{task}” of case {number}.",
            {"name": tx.actor.name, "task": task.name, "number": task.case.number},
        )
        tell(tx, task, [person.login], sentence)
        return opinion.id


@dataclass(frozen=True, slots=True)
class GiveOpinion:
    """Answer who asked for an opinion."""

    opinion_id: int
    text: str = field(metadata=PRIVATE)

    def run(self, tx: Transaction) -> None:
        """Keep the answer with the case, and tell who asked and who holds the task.

        Raises:
            NotFound: If nothing was asked.
            NotAllowed: If somebody else was asked.
            Conflict, InvalidState: If it is answered or dropped, or the task is over.
            InvalidValues: If there is no answer.
        """
        opinion, task = _of(tx, self.opinion_id)
        refuse_excluded(tx, task, tx.actor)
        if opinion.asked != tx.actor.login:
            raise NotAllowed(
                "Expected somebody who was asked, but {name} was not.", name=tx.actor.name
            )
        _refuse_ended(tx, opinion, task)
        refuse_wordless(text=self.text)
        opinion.state, opinion.text, opinion.ended_at = "given", self.text.strip(), tx.now
        sentence = Sentence(
            "{name} gave an opinion on “{task}” of case {number}.",
            {"name": tx.actor.name, "task": task.name, "number": task.case.number},
        )
        holder = [] if task.assignee is None else [task.assignee]
        tell(tx, task, [opinion.by, *holder], sentence)


@dataclass(frozen=True, slots=True)
class DropOpinion:
    """Do without an opinion that was asked for."""

    opinion_id: int

    def run(self, tx: Transaction) -> None:
        """Take the question back.

        Raises:
            NotFound: If nothing was asked.
            NotAllowed: If the actor neither asked, nor holds the task, nor leads those
                who may, nor operates.
            Conflict, InvalidState: If it is answered or dropped, or the task is over.
        """
        opinion, task = _of(tx, self.opinion_id)
        refuse_excluded(tx, task, tx.actor)
        mine = tx.actor.login in (opinion.by, task.assignee)
        if not (mine or leads(tx, task, tx.actor) or has_right(tx.actor, "operate")):
            raise NotAllowed(
                "Expected who asked for the opinion, but {name} did not.",
                name=tx.actor.name,
            )
        _refuse_ended(tx, opinion, task)
        opinion.state, opinion.ended_at = "dropped", tx.now


def _of(tx: Transaction, opinion_id: int) -> tuple[Opinion, Task]:
    """Return an opinion and its task, the case locked."""
    found = tx.session.get(Opinion, opinion_id)
    if found is None:
        raise NotFound(
            "Expected to find opinion {opinion}, but there is none.", opinion=opinion_id
        )
    task = tx.task(found.task_id)
    tx.session.refresh(found)
    return found, task


def _refuse_ended(tx: Transaction, opinion: Opinion, task: Task) -> None:
    if opinion.state != "open":
        raise InvalidState(
            "Expected the opinion to be asked for still, but it is given or dropped."
        )
    refuse_closed(tx, task)


def _asked(tx: Transaction, task: Task, login: str) -> bool:
    chosen = select(Opinion.id).where(
        Opinion.task_id == task.id, Opinion.asked == login, Opinion.state == "open"
    )
    return tx.session.scalar(chosen) is not None
