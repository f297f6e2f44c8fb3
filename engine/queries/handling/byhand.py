"""What people may do with a task beside completing it, and what they did."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from engine.bpmn import Execution, Saved
from engine.model import NotFound, Sentence
from engine.policy.sections.routing import Verb
from engine.queries.handling.opinions import AskedOpinion, opinions_of
from engine.queries.showing.names import people_names
from engine.queries.showing.visibility import require_right
from engine.store import people, rewinding
from engine.store.models import Case, Job, Person, Routed, SavedExecution, Task
from engine.store.reading import Reading
from engine.store.returns import return_targets
from engine.store.visibility import is_candidate

_MOST_PEOPLE = 300  #: Offered to choose from; others are named by their login.
_AGAIN = timedelta(hours=1)
_OTHERS: tuple[Verb, ...] = ("hand-on", "ask-opinion", "copy")


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody, or a step, that can be chosen."""

    key: str  #: A login, or the id of an element.
    name: str


@dataclass(frozen=True, slots=True)
class SentBack:
    """Why a step waits once more."""

    by: str
    step: str  #: The name of the one that was sent back from.
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ByHand:
    """What the asking person may do with a task beside completing it."""

    verbs: frozenset[Verb]
    returns: tuple[Choice, ...]  #: Steps that it can go back to.
    receivers: tuple[Choice, ...]  #: Who may do it in place of the person.
    people: tuple[Choice, ...]  #: Who can be asked, or told.
    opinions: tuple[AskedOpinion, ...]
    urged_at: datetime | None  #: When the person urged, if less than an hour ago.
    was_returned: bool  #: Whether it waits no longer because it was returned.
    sent_back: SentBack | None  #: Where it waits because a later step was returned.


def by_hand(reading: Reading, task: Task) -> ByHand:
    """Return what the asking person may do with *task*, whose case they may see."""
    policy = reading.loaded(task.case.deployment_id)
    routing = policy.settings.routing
    holds = _holds(reading, task)
    allowed = {verb for verb in routing.allow if routing.allows(verb, task.properties)}
    verbs: set[Verb] = set()
    if task.state == "open" and holds:
        verbs |= allowed & {"return", *_OTHERS}
    if may_urge(reading, task):
        verbs.add("urge")
    if may_withdraw(reading, task):
        verbs |= allowed & {"withdraw"}
    returns = _returns(reading, task) if "return" in verbs else ()
    if not returns:
        verbs.discard("return")
    others = _people(reading, task) if verbs.intersection(_OTHERS) else ()
    return ByHand(
        verbs=frozenset(verbs),
        returns=returns,
        receivers=_receivers(reading, task) if "hand-on" in verbs else (),
        people=others,
        opinions=opinions_of(reading, task),
        urged_at=_urged_at(reading, task) if "urge" in verbs else None,
        was_returned=task.state == "cancelled" and _was_returned(reading, task),
        sent_back=_sent_back(reading, task) if task.state == "open" else None,
    )


def may_urge(reading: Reading, task: Task) -> bool:
    """Tell whether the asking person, who sees the case, may urge who has to do *task*."""
    routing = reading.loaded(task.case.deployment_id).settings.routing
    others = task.assignee is not None and task.assignee != reading.actor.login
    free = task.assignee is None and not is_candidate(reading.actor, task)
    is_waiting = task.state == "open" and (others or free)
    return is_waiting and routing.allows("urge", task.properties)


def withdrawable(reading: Reading, case: Case) -> Choice | None:
    """Return the task of *case* whose completion the asking person can take back."""
    if case.state != "open":
        return None
    saved = reading.session.get_one(SavedExecution, case.id)
    task = reading.session.get(Task, saved.undo_task) if saved.undo_task else None
    routing = reading.loaded(case.deployment_id).settings.routing
    if task is None or not routing.allows("withdraw", task.properties):
        return None
    return Choice(str(task.id), task.name) if may_withdraw(reading, task) else None


def may_withdraw(reading: Reading, task: Task) -> bool:
    """Tell whether the asking person could take the completion back as far as one sees."""
    if task.state != "completed" or task.completed_by != reading.actor.login:
        return False
    saved = reading.session.get_one(SavedExecution, task.case_id)
    if saved.undo_task != task.id or rewinding.hindrance(reading, task, saved) is not None:
        return False
    following = select(Task).where(
        Task.case_id == task.case_id,
        Task.state == "open",
        Task.created_at >= task.ended_at,
    )
    if rewinding.begun(reading, reading.session.scalars(following)) is not None:
        return False
    at_work = select(Job.id).where(
        Job.case_id == task.case_id,
        Job.kind.in_(["work", "timer", "signal"]),
        Job.state.in_(["waiting", "running"]),
        Job.due_at <= reading.now,
    )
    # The machine is about to move the case on; whoever clicked would come too late.
    return reading.session.scalar(at_work.limit(1)) is None


@dataclass(frozen=True, slots=True)
class LoginOf:
    """The login of somebody who is named by login or by name."""

    typed: str

    def answer(self, reading: Reading) -> str:
        """Return it; what was typed where nobody, or more than one, is called so."""
        typed = self.typed.strip()
        if people.person_or_none(reading, typed.lower()) is not None:
            return typed.lower()
        chosen = select(Person.login).where(Person.name == typed, Person.active)
        found = reading.session.scalars(chosen.limit(2)).all()
        return found[0] if len(found) == 1 else typed


@dataclass(frozen=True, slots=True)
class Done:
    """A completed task."""

    task_id: int
    by: str


@dataclass(frozen=True, slots=True)
class LatestCompleted:
    """The task at an element of a case that was completed last."""

    case_id: int
    element_id: str

    def answer(self, reading: Reading) -> Done:
        """Return it; for whoever may audit.

        Raises:
            NotFound: If none was completed there.
        """
        require_right(reading.actor, "audit")
        task = reading.session.scalar(
            select(Task)
            .where(
                Task.case_id == self.case_id,
                Task.element_id == self.element_id,
                Task.state == "completed",
            )
            .order_by(Task.ended_at.desc(), Task.id.desc())
            .limit(1)
        )
        if task is None:
            raise NotFound(
                "Expected {element} to be completed, but it is not.",
                element=self.element_id,
            )
        return Done(task.id, task.completed_by or "")


def _holds(reading: Reading, task: Task) -> bool:
    actor = reading.actor
    if task.assignee is not None:
        return task.assignee == actor.login or "operate" in actor.rights
    return is_candidate(actor, task) or "operate" in actor.rights


def _returns(reading: Reading, task: Task) -> tuple[Choice, ...]:
    policy = reading.loaded(task.case.deployment_id)
    row = reading.session.get_one(SavedExecution, task.case_id)
    saved = Saved(state=row.state, variables=row.variables)
    execution = Execution.load(policy.definitions, saved)
    steps = return_targets(reading, task, policy, execution)
    names = people_names(reading, (each.completed_by for each in steps))
    return tuple(
        Choice(each.element_id, f"{each.name}（{names.get(each.completed_by or '', '–')}）")
        for each in steps
    )


def _receivers(reading: Reading, task: Task) -> tuple[Choice, ...]:
    routing = reading.loaded(task.case.deployment_id).settings.routing
    found: dict[str, str] = {}
    for offer in task.candidates:
        if offer.login is not None:
            name = people.name_of(reading, offer.login)
            found[offer.login] = name or offer.login
        if offer.role is not None:
            unit = None if routing.across_units else offer.unit
            for person in people.holders(reading, offer.role, unit):
                found[person.login] = person.name
    away = {reading.actor.login, task.assignee, *reading.excluded(task.case_id)}
    return tuple(
        Choice(login, name) for login, name in sorted(found.items()) if login not in away
    )[:_MOST_PEOPLE]


def _people(reading: Reading, task: Task) -> tuple[Choice, ...]:
    away = {reading.actor.login, *reading.excluded(task.case_id)}
    rows = reading.session.execute(
        select(Person.login, Person.name)
        .where(Person.active, Person.login.not_in(away))
        .order_by(Person.login)
        .limit(_MOST_PEOPLE)
    )
    return tuple(Choice(row.login, row.name) for row in rows)


def _was_returned(reading: Reading, task: Task) -> bool:
    chosen = select(Routed.id).where(Routed.task_id == task.id, Routed.verb == "return")
    return reading.session.scalar(chosen.limit(1)) is not None


def _sent_back(reading: Reading, task: Task) -> SentBack | None:
    """Return how *task* came to wait, if a later step was returned to it."""
    chosen = (
        select(Routed.by, Task.name, Routed.at, Routed.reason)
        .join(Task, Task.id == Routed.task_id)
        .where(
            Routed.case_id == task.case_id,
            Routed.target_id == task.id,
            Routed.verb == "return",
        )
    )
    row = reading.session.execute(chosen).first()
    if row is None:
        return None
    name = people_names(reading, [row.by]).get(row.by, row.by)
    return SentBack(name, row.name, row.at, row.reason)


def _urged_at(reading: Reading, task: Task) -> datetime | None:
    return reading.session.scalar(
        select(Routed.at)
        .where(
            Routed.task_id == task.id,
            Routed.verb == "urge",
            Routed.by == reading.actor.login,
            Routed.at > reading.now - _AGAIN,
        )
        .order_by(Routed.id.desc())
        .limit(1)
    )


_SAID = {
    "return": "returned “{task}” to “{target}”",
    "withdraw": "took back “{task}”",
    "hand-on": "handed “{task}” on to {receiver}",
    "copy": "sent {receiver} the case for information",
    "urge": "urged “{task}”",
}


def told_by_hand(reading: Reading, case: Case) -> Iterator[tuple[Routed, Sentence]]:
    """Yield what people did with the tasks of a case, each with what to say of it."""
    rows = reading.session.scalars(
        select(Routed).where(Routed.case_id == case.id).order_by(Routed.id)
    ).all()
    chosen = select(Task.id, Task.name).where(Task.case_id == case.id)
    tasks = dict(reading.session.execute(chosen).all()) if rows else {}
    names = people_names(reading, (row.receiver for row in rows))
    for row in rows:
        values = {
            "task": tasks.get(row.task_id, ""),
            "target": tasks.get(row.target_id or 0, ""),
            "receiver": names.get(row.receiver or "", ""),
        }
        yield row, Sentence(_SAID[row.verb], values)
