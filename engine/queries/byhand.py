"""What people may do with a task beside completing it, and what they did."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from engine.bpmn import Execution, Saved
from engine.model import NotFound, Sentence
from engine.policy.sections.routing import Verb
from engine.queries.names import people_names
from engine.queries.visibility import require_right, visible_case
from engine.store import people, rewinding
from engine.store.models import Case, Opinion, Person, Routed, SavedExecution, Task
from engine.store.reading import Reading
from engine.store.returns import return_targets
from engine.store.visibility import is_candidate, is_excluded

_MOST_PEOPLE = 300  #: Offered to choose from; others are named by their login.
_AGAIN = timedelta(hours=1)
_OTHERS: tuple[Verb, ...] = ("hand-on", "ask-opinion", "copy")


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody, or a step, that can be chosen."""

    key: str  #: A login, or the id of an element.
    name: str


@dataclass(frozen=True, slots=True)
class AskedOpinion:
    """An opinion that was asked for."""

    id: int
    by: str
    asked: str
    question: str
    holds: bool
    state: str  #: open, given or dropped.
    text: str | None
    at: datetime
    ended_at: datetime | None
    is_for_me: bool
    may_drop: bool


@dataclass(frozen=True, slots=True)
class ByHand:
    """What the asking person may do with a task beside completing it."""

    verbs: frozenset[Verb]
    returns: tuple[Choice, ...]  #: Steps that it can go back to.
    receivers: tuple[Choice, ...]  #: Who may do it in place of the person.
    people: tuple[Choice, ...]  #: Who can be asked, or told.
    opinions: tuple[AskedOpinion, ...]
    urged_at: datetime | None  #: When the person urged, if less than an hour ago.


def by_hand(reading: Reading, task: Task) -> ByHand:
    """Return what the asking person may do with *task*, whose case they may see."""
    policy = reading.loaded(task.case.deployment_id)
    routing, actor = policy.settings.routing, reading.actor
    holds = _holds(reading, task)
    allowed = {verb for verb in routing.allow if routing.allows(verb, task.properties)}
    verbs: set[Verb] = set()
    if task.state == "open" and holds:
        verbs |= allowed & {"return", *_OTHERS}
    if task.state == "open" and task.assignee != actor.login:
        verbs |= allowed & {"urge"}
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
    )


def may_withdraw(reading: Reading, task: Task) -> bool:
    """Tell whether the asking person could take the completion back as far as one sees."""
    if task.state != "completed" or task.completed_by != reading.actor.login:
        return False
    saved = reading.session.get_one(SavedExecution, task.case_id)
    return saved.undo_task == task.id and rewinding.hindrance(reading, task, saved) is None


def opinions_of(reading: Reading, task: Task) -> tuple[AskedOpinion, ...]:
    """Return all opinions that were asked for at *task*, the oldest first."""
    rows = reading.session.scalars(
        select(Opinion).where(Opinion.task_id == task.id).order_by(Opinion.id)
    ).all()
    names = people_names(reading, (login for row in rows for login in (row.by, row.asked)))
    me = reading.actor.login
    is_open = task.state == "open"
    return tuple(
        AskedOpinion(
            id=row.id,
            by=names[row.by],
            asked=names[row.asked],
            question=row.question,
            holds=row.holds,
            state=row.state,
            text=row.text,
            at=row.at,
            ended_at=row.ended_at,
            is_for_me=is_open and row.state == "open" and row.asked == me,
            may_drop=is_open and row.state == "open" and me in (row.by, task.assignee),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class WantedOpinion:
    """A line of the list of opinions that the asking person owes."""

    id: int
    task_id: int
    task: str
    case_id: int
    case_number: str
    case_title: str
    by: str
    question: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WantedOpinions:
    """The opinions that the asking person is asked for."""

    def answer(self, reading: Reading) -> Sequence[WantedOpinion]:
        """Return them, the oldest first."""
        rows = reading.session.execute(
            select(Opinion, Task.name, Case.number, Case.title)
            .join(Task, Task.id == Opinion.task_id)
            .join(Case, Case.id == Opinion.case_id)
            .where(
                Opinion.asked == reading.actor.login,
                Opinion.state == "open",
                Task.state == "open",
            )
            .order_by(Opinion.id)
        ).all()
        names = people_names(reading, (row.Opinion.by for row in rows))
        return [
            WantedOpinion(
                id=row.Opinion.id,
                task_id=row.Opinion.task_id,
                task=row.name,
                case_id=row.Opinion.case_id,
                case_number=row.number,
                case_title=row.title,
                by=names[row.Opinion.by],
                question=row.Opinion.question,
                at=row.Opinion.at,
            )
            for row in rows
            if not is_excluded(reading, reading.actor.login, row.Opinion.case_id)
        ]


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


@dataclass(frozen=True, slots=True)
class OpenOpinion:
    """The question of a case that somebody has still to answer."""

    case_id: int
    login: str

    def answer(self, reading: Reading) -> int:
        """Return its id; for whoever may audit.

        Raises:
            NotFound: If the person was not asked.
        """
        require_right(reading.actor, "audit")
        chosen = select(Opinion.id).where(
            Opinion.case_id == self.case_id, Opinion.asked == self.login
        )
        ids = reading.session.scalars(
            chosen.order_by(Opinion.state != "open", Opinion.id)
        ).all()
        if not ids:
            raise NotFound(
                "Expected {login} to be asked for an opinion, but nobody did.",
                login=self.login,
            )
        return ids[0]


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


@dataclass(frozen=True, slots=True)
class OpinionPage:
    """A question that the asking person was asked, to be answered on its task's page."""

    opinion_id: int

    def answer(self, reading: Reading) -> int:
        """Return the task that it is about.

        Raises:
            NotFound: If there is none.
            NotAllowed: If its case is not for this person.
        """
        row = reading.session.get(Opinion, self.opinion_id)
        if row is None:
            raise NotFound(
                "Expected to find opinion {opinion}, but there is none.",
                opinion=self.opinion_id,
            )
        visible_case(reading, row.case_id)
        return row.task_id
