"""Writes letters and reminders: to whom, in what words, and whether by e-mail too."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.commands.moving import Moving, sight
from engine.commands.routing import Router
from engine.feel import render_template
from engine.model import EngineError, InvalidState, Json, NotAllowed, NotFound, Sentence
from engine.policy import Letter
from engine.store import people
from engine.store.models import Delivery, Job, Notice, Person, Task
from engine.store.transaction import Transaction
from engine.store.visibility import is_excluded

_LIST = re.compile(r"[,，;；、\s]+")

_REMINDERS = {
    "reminder": "{task} of case {number} is to be done soon.",
    "overdue": "{task} of case {number} is overdue.",
}


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a letter goes to."""

    people: tuple[Person, ...]
    addresses: tuple[str, ...]  #: Of people who have no login.


def notify(moving: Moving, job: Job) -> None:
    """Carry out a job of the type ``notify``: write its letter to everybody it names.

    Raises:
        NotFound: If the policy has no such letter.
        InvalidState: If the letter would reach nobody, or someone who does not exist.
        FeelError: If the letter cannot be filled in.
    """
    headers = job.payload["headers"]
    letter = moving.policy.letters.get(str(headers.get("letter")))
    if letter is None:
        raise NotFound(
            "Expected the policy to have a letter {letter}, but it has none.",
            letter=str(headers.get("letter")),
        )
    recipients = _recipients(moving, job, letter)
    title, body = _filled(moving, job, letter)
    for person in recipients.people:
        notice = moving.tx.add(
            Notice(
                login=person.login,
                kind="letter",
                case_id=moving.case.id,
                letter=letter.id,
                title=title,
                body=body,
                at=moving.tx.now,
            )
        )
        if person.email is not None:
            _owe_mail(moving, person.email, title, body, notice.id)
    for address in recipients.addresses:
        _owe_mail(moving, address, title, body, None)


def remind(tx: Transaction, job: Job, task: Task) -> None:
    """Remind who holds a task, or all that it is offered to; overdue, their leaders too."""
    sentence = Sentence(
        _REMINDERS[job.kind], {"task": task.name, "number": task.case.number}
    )
    for person in _reminded(tx, job, task):
        if not is_excluded(tx, person.login, task.case_id):
            tx.session.add(
                Notice(
                    login=person.login,
                    kind=job.kind,
                    case_id=task.case_id,
                    task_id=task.id,
                    sentence=sentence,
                    at=tx.now,
                )
            )


@dataclass(frozen=True, slots=True)
class ReadNotices:
    """Note that the actor has read notices."""

    notice_ids: tuple[int, ...]

    def run(self, tx: Transaction) -> None:
        """Mark them as read; those that were read before stay so.

        Raises:
            NotFound: If there is no such notice.
            NotAllowed: If one of them is somebody else's.
        """
        for notice_id in self.notice_ids:
            notice = tx.session.get(Notice, notice_id)
            if notice is None:
                raise NotFound(
                    "Expected to find notice {notice}, but there is none.", notice=notice_id
                )
            if notice.login != tx.actor.login:
                raise NotAllowed(
                    "Expected a notice to {name}, but notice {notice} is to somebody else.",
                    name=tx.actor.name,
                    notice=notice_id,
                )
            notice.read_at = notice.read_at or tx.now
        tx.stream = f"person:{tx.actor.person_id}"


def _filled(moving: Moving, job: Job, letter: Letter) -> tuple[str, str]:
    variables = moving.execution.visible(job.token or "")
    seen = sight(moving.tx, moving.case, moving.policy, variables)
    return (
        render_template(letter.title, seen.names, seen.context),
        render_template(letter.body, seen.names, seen.context),
    )


def _recipients(moving: Moving, job: Job, letter: Letter) -> Recipients:
    headers = job.payload["headers"]
    named = _by_groups(moving, job, _listed(headers.get("groups")))
    named += _by_logins(moving.tx, _listed(headers.get("people")))
    chosen = {
        person.login: person
        for person in named
        if not is_excluded(moving.tx, person.login, moving.case.id)
    }
    addresses = _listed(headers.get("email"))
    if not chosen and not addresses:
        raise InvalidState(
            "Expected the letter {letter} to reach somebody, but there is nobody.",
            letter=letter.id,
        )
    return Recipients(tuple(chosen.values()), tuple(dict.fromkeys(addresses)))


def _by_groups(moving: Moving, job: Job, groups: Iterable[str]) -> list[Person]:
    tx = moving.tx
    variables = moving.execution.visible(job.token or "")
    router = Router(
        tx,
        moving.case,
        moving.policy,
        sight(tx, moving.case, moving.policy, variables),
        away=tx.excluded(moving.case.id),
    )
    found = [
        person
        for place in router.places(groups)
        for person in people.holders(tx, place.role, place.unit)
    ]
    if router.troubles:
        trouble = router.troubles[0]
        raise EngineError(trouble.template, **trouble.values)
    return found


def _by_logins(tx: Transaction, logins: Iterable[str]) -> list[Person]:
    found = []
    for login in logins:
        person = people.person_or_none(tx, login)
        if person is None:
            raise InvalidState(
                "Expected a person with the login {login}, but there is none.", login=login
            )
        if person.active:
            found.append(person)
    return found


def _listed(value: Json) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [str(item) for item in value if item is not None]
    return [item for item in _LIST.split(str(value)) if item]


def _owe_mail(
    moving: Moving, address: str, title: str, body: str, notice_id: int | None
) -> None:
    tx = moving.tx
    delivery = tx.add(
        Delivery(
            case_id=moving.case.id,
            notice_id=notice_id,
            transport="email",
            address=address,
            title=title,
            body=body,
            state="waiting",
            at=tx.now,
        )
    )
    job = tx.owe(
        Job(
            kind="email",
            case_id=moving.case.id,
            key=f"email:{delivery.id}",
            due_at=tx.now,
            state="waiting",
            attempts_allowed=5,
            payload={"delivery": delivery.id},
            created_at=tx.now,
        )
    )
    delivery.job_id = job.id


def _reminded(tx: Transaction, job: Job, task: Task) -> Iterator[Person]:
    seen: set[str] = set()
    for person in _all_reminded(tx, job, task):
        if person.login not in seen and person.active:
            seen.add(person.login)
            yield person


def _all_reminded(tx: Transaction, job: Job, task: Task) -> Iterator[Person]:
    if task.assignee is not None:
        holder = people.person_or_none(tx, task.assignee)
        if holder is not None:
            yield holder
    roles = tx.loaded(task.case.deployment_id).roles
    for candidate in task.candidates:
        if task.assignee is None and candidate.login is not None:
            yield from filter(None, [people.person_or_none(tx, candidate.login)])
        if candidate.role is None:
            continue
        if task.assignee is None:
            yield from people.holders(tx, candidate.role, candidate.unit)
        role = roles.get(candidate.role)
        if job.kind == "overdue" and role is not None and role.escalates_to is not None:
            yield from people.holders(tx, role.escalates_to, None)
