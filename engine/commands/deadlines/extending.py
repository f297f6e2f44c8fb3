"""Commands by which people ask for more time for a task, and get it or not."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from engine.commands.admitting.entries import refuse_faults, text_faults
from engine.commands.command import PRIVATE
from engine.commands.deadlines.moving_due import move_due
from engine.commands.lateness.breaches import end_breach
from engine.commands.lateness.places import place_above
from engine.commands.moving.case import pick_up
from engine.commands.moving.handling import (
    leads,
    refuse_closed,
    refuse_excluded,
    refuse_outsider,
)
from engine.commands.telling.tell import Message, tell
from engine.model import (
    Conflict,
    InvalidState,
    NotAllowed,
    NotFound,
    Sentence,
    TaskId,
)
from engine.store import people
from engine.store.models import Extension, Task
from engine.store.transaction import Transaction
from engine.store.visibility import is_excluded

LONGEST = timedelta(days=366)  #: So far ahead a deadline may be moved.


@dataclass(frozen=True, slots=True)
class RequestExtension:
    """Ask for more time for a task."""

    task_id: TaskId
    until: datetime
    reason: str = field(metadata=PRIVATE)

    def run(self, tx: Transaction) -> int:
        """Put the request to those who decide on it, and return its number.

        Raises:
            NotFound: If there is no such task.
            NotAllowed: If the actor neither holds the task nor leads those who may do it.
            Conflict: If it is completed, or a request is open already.
            InvalidState: If its deadline cannot be extended, or there is nobody to do it.
            InvalidValues: If the moment is not later, or there is no reason.
        """
        task = tx.task(self.task_id)
        is_leader = leads(tx, task, tx.actor)
        (refuse_excluded if is_leader else refuse_outsider)(tx, task, tx.actor)
        refuse_closed(tx, task)
        if task.assignee != tx.actor.login and not is_leader:
            raise NotAllowed(
                "Expected somebody who holds {task} or leads those who do, but {name} does"
                " neither.",
                task=task.name,
                name=tx.actor.name,
            )
        due, role = _extendable(task)
        refuse_faults(
            {
                "until": until_faults(tx, task, self.until),
                "reason": text_faults(self.reason),
            }
        )
        _refuse_second(tx, task)
        return self._ask(tx, task, due, role)

    def _ask(self, tx: Transaction, task: Task, due: datetime, role: str) -> int:
        away = tx.excluded(task.case_id) | {tx.actor.login, task.assignee or ""}
        place = place_above(pick_up(tx, task.case), task, role, away)
        if place is None:
            roles = tx.loaded(task.case.deployment_id).roles
            raise InvalidState(
                "Expected somebody with the role {role} who may decide on it, but there is"
                " nobody.",
                role=roles[role].title,
            )
        asked = tx.add(
            Extension(
                case_id=task.case_id,
                task_id=task.id,
                token=task.token,
                state="open",
                by=tx.actor.login,
                at=tx.now,
                due=due,
                until=self.until,
                reason=self.reason.strip(),
                role=place.role,
                unit=place.unit,
            )
        )
        sentence = Sentence(
            "{name} asks for more time for {task} of case {number}, until {moment}.",
            {"name": tx.actor.name, **_named(tx, task, self.until)},
        )
        deciding = people.holder_logins(tx, place.role, place.unit) - away
        _tell(tx, task, deciding, sentence)
        tx.note(extension=asked.id)
        return asked.id


@dataclass(frozen=True, slots=True)
class DecideExtension:
    """Grant more time for a task, or refuse it."""

    extension_id: int
    granted: bool
    until: datetime | None = None  #: Granted another moment than was asked for.
    remark: str = field(default="", metadata=PRIVATE)

    def run(self, tx: Transaction) -> None:
        """Decide; where it is granted, the task is due then and reminders go with it.

        Raises:
            NotFound: If there is no such request.
            NotAllowed: If it is not the actor's to decide, or they asked for it.
            Conflict: If it was decided on before, or the task is completed.
            InvalidState: If the request lapsed with its task.
            InvalidValues: If the moment is not later, or a refusal says not why.
        """
        asked = _locked(tx, self.extension_id)
        task = tx.task(asked.task_id)
        _refuse_undeciding(tx, asked, task)
        _refuse_decided(tx, asked)
        refuse_closed(tx, task)
        until = self.until or asked.until
        refuse_faults(
            {
                "until": until_faults(tx, task, until) if self.granted else (),
                "remark": text_faults(self.remark) if self._says_something else (),
            }
        )
        asked.state = "granted" if self.granted else "refused"
        asked.ended_at, asked.decided_by = tx.now, tx.actor.login
        asked.remark = self.remark.strip() or None
        if self.granted:
            asked.until = until
            end_breach(tx, task, "extended")
            move_due(tx, task, until)
        task.case.updated_at = tx.now
        self._tell(tx, task, asked)
        tx.note(task=task.id)

    @property
    def _says_something(self) -> bool:
        return not self.granted or bool(self.remark.strip())

    def _tell(self, tx: Transaction, task: Task, asked: Extension) -> None:
        sentence = Sentence(
            "{name} gave more time for {task} of case {number}, until {moment}."
            if self.granted
            else "{name} gave no more time for {task} of case {number}; it stays due on"
            " {moment}.",
            {"name": tx.actor.name, **_named(tx, task, task.due or asked.due)},
        )
        _tell(tx, task, {asked.by, task.assignee or asked.by}, sentence)


def until_faults(tx: Transaction, task: Task, until: datetime) -> tuple[Sentence, ...]:
    """Return what is wrong with a moment until which *task* shall have time."""
    if until.tzinfo is None:
        return (Sentence("Expected a day and a time of a time zone, but there is none."),)
    if task.due is not None and until <= task.due:
        return (
            Sentence(
                "Expected a moment after {moment}, when it is due as it is.",
                {"moment": _local(tx, task, task.due)},
            ),
        )
    if until <= tx.now:
        return (Sentence("Expected a moment that is still to come."),)
    if until - tx.now > LONGEST:
        return (Sentence("Expected a moment within a year, but it is later."),)
    return ()


def _extendable(task: Task) -> tuple[datetime, str]:
    role = task.properties.get("extendable")
    if role is None or task.due is None:
        raise InvalidState(
            "Expected a task whose deadline may be extended, but that of {task} may not.",
            task=task.name,
        )
    return task.due, role


def _refuse_second(tx: Transaction, task: Task) -> None:
    known = tx.session.scalar(
        select(Extension).where(Extension.task_id == task.id, Extension.state == "open")
    )
    if known is not None:
        raise Conflict(
            "Expected one request at a time, but {name} asked for more time at {moment},"
            " and it is still to be decided.",
            name=people.name_of(tx, known.by) or known.by,
            moment=_local(tx, task, known.at),
        )


def _locked(tx: Transaction, extension_id: int) -> Extension:
    found = tx.session.get(Extension, extension_id)
    if found is None:
        raise NotFound(
            "Expected to find request {extension} for more time, but there is none.",
            extension=extension_id,
        )
    tx.case(found.case_id)
    return tx.session.get_one(Extension, extension_id, populate_existing=True)


def _refuse_undeciding(tx: Transaction, asked: Extension, task: Task) -> None:
    actor = tx.actor
    if not actor.holds(asked.role, asked.unit) or is_excluded(
        tx, actor.login, task.case_id
    ):
        raise NotAllowed(
            "Expected somebody who decides on request {extension}, but {name} does not.",
            extension=asked.id,
            name=actor.name,
        )
    if actor.login in (asked.by, task.assignee):
        raise NotAllowed(
            "Expected somebody else to decide on it, but {name} asked for more time or does"
            " the task.",
            name=actor.name,
        )


def _refuse_decided(tx: Transaction, asked: Extension) -> None:
    if asked.state == "lapsed":
        raise InvalidState(
            "Expected the request to be open, but it lapsed: the task is over."
        )
    if asked.state != "open":
        raise Conflict(
            "Expected the request to be open, but {name} decided on it already.",
            name=people.name_of(tx, asked.decided_by or "") or asked.decided_by,
        )


def _tell(tx: Transaction, task: Task, logins: Iterable[str], sentence: Sentence) -> None:
    others = sorted(set(logins) - {tx.actor.login} - tx.excluded(task.case_id))
    named = (people.person_or_none(tx, login) for login in others)
    message = Message("extension", task.case, task.id, sentence)
    tell(tx, filter(None, named), message)


def _named(tx: Transaction, task: Task, moment: datetime) -> dict[str, str]:
    return {
        "task": task.name,
        "number": task.case.number,
        "moment": _local(tx, task, moment),
    }


def _local(tx: Transaction, task: Task, moment: datetime) -> str:
    """Return *moment* as clocks show it where the policy is at home."""
    zone = ZoneInfo(tx.loaded(task.case.deployment_id).settings.zone)
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
