"""Who may send a task elsewhere, and how that is kept and told."""

from collections.abc import Iterable

from engine.commands.admitting.entries import refuse_faults, text_faults
from engine.commands.admitting.permission import has_right
from engine.commands.moving.handling import (
    leads,
    refuse_closed,
    refuse_kept_away,
    refuse_outsider,
    refuse_stranger,
    refuse_taken,
)
from engine.commands.telling.offers import allowed
from engine.commands.telling.tell import Message
from engine.commands.telling.tell import tell as tell_people
from engine.model import NotAllowed, NotFound, Sentence
from engine.policy.sections.routing import Verb
from engine.store import people
from engine.store.models import Person, Routed, Task
from engine.store.transaction import Transaction
from engine.store.visibility import is_kept_from


def handled(tx: Transaction, task_id: int, verb: Verb) -> Task:
    """Return a task that is open and with which the actor may do that.

    Who holds it may, or could take it while nobody does; so may who leads those to whom
    it is offered, and operations.

    Raises:
        NotFound: If there is no such task.
        NotAllowed: If it is not the actor's, or the policy does not allow it.
        Conflict, InvalidState: If it is taken, completed or gone.
    """
    task = tx.task(task_id)
    is_leader = leads(tx, task, tx.actor)
    (refuse_kept_away if is_leader else refuse_outsider)(tx, task, tx.actor)
    refuse_closed(tx, task)
    if not (is_leader or has_right(tx.actor, "operate")):
        refuse_stranger(tx, task, tx.actor)
        refuse_taken(tx, task, tx.actor)
    refuse_forbidden(tx, task, verb)
    return task


def refuse_forbidden(tx: Transaction, task: Task, verb: Verb) -> None:
    """Refuse what the policy, or the task, does not allow.

    Raises:
        NotAllowed: If so.
    """
    routing = tx.loaded(task.case.deployment_id).settings.routing
    if not routing.allows(verb, task.properties):
        raise NotAllowed(
            "Expected something that the policy allows at {task}, but it does not allow"
            " this.",
            task=task.name,
        )


def refuse_wordless(**texts: str) -> None:
    """Refuse texts that are empty or too long, each by the name of its field.

    Raises:
        InvalidValues: If one is.
    """
    refuse_faults({name: text_faults(text) for name, text in texts.items()})


def refuse_long(**texts: str) -> None:
    """Refuse texts that are too long; they may be empty.

    Raises:
        InvalidValues: If one is.
    """
    refuse_wordless(**{name: text for name, text in texts.items() if text.strip()})


def chosen_person(tx: Transaction, task: Task, login: str) -> Person:
    """Return somebody active who need not keep away from the case.

    Raises:
        NotFound: If there is nobody active with this login.
        NotAllowed: If the person must have nothing to do with the case.
    """
    person = people.person_or_none(tx, login)
    if person is None or not person.active:
        raise NotFound(
            "Expected a person with the login {login}, but there is none.", login=login
        )
    if is_kept_from(tx, people.actor_of(person), task.case_id):
        raise NotAllowed(
            "Expected somebody else than {name}, who must keep away from this.",
            name=person.name,
        )
    return person


def keep(
    tx: Transaction,
    task: Task,
    verb: Verb,
    *,
    reason: str = "",
    receiver: str | None = None,
    target: Task | None = None,
) -> None:
    """Write down what was done with the task."""
    tx.add(
        Routed(
            case_id=task.case_id,
            task_id=task.id,
            verb=verb,
            by=tx.actor.login,
            at=tx.now,
            receiver=receiver,
            target_id=None if target is None else target.id,
            reason=reason.strip(),
        )
    )


def tell(tx: Transaction, task: Task, logins: Iterable[str], sentence: Sentence) -> None:
    """Tell people what was done, each once; not the actor, nor who must keep away."""
    named = (people.person_or_none(tx, login) for login in logins)
    others = (one for one in named if one is not None and one.login != tx.actor.login)
    message = Message("routed", task.case, task.id, sentence)
    tell_people(tx, allowed(tx, others, task.case), message)


def doers(tx: Transaction, task: Task) -> list[str]:
    """Return the logins of who holds the task, or of all to whom it is offered."""
    if task.assignee is not None:
        return [task.assignee]
    logins = [each.login for each in task.candidates if each.login is not None]
    for each in task.candidates:
        if each.role is not None:
            logins += [person.login for person in people.holders(tx, each.role, each.unit)]
    return logins
