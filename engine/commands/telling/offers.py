"""Tells people of tasks that wait for them, where they want to hear of it at once."""

from collections.abc import Collection, Iterable, Iterator

from engine.commands.moving.case import Moving
from engine.commands.moving.routing import Place
from engine.commands.telling.tell import Message, tell, tell_chats
from engine.model import Sentence
from engine.store import people
from engine.store.models import Case, Person, Task
from engine.store.telling import is_anybody_told_of_offers
from engine.store.transaction import Transaction
from engine.store.visibility import is_kept_from

_OFFERED = "New task: {task}, case {number}."


def tell_of_offers(moving: Moving, tasks: Collection[Task]) -> None:
    """Tell of those of *tasks* that wait, just opened; whoever opened them knows."""
    tx = moving.tx
    waiting = [task for task in tasks if task.state == "open"]
    if not waiting or not _is_anybody_told(tx):
        return
    for task in waiting:
        sentence = Sentence(_OFFERED, {"task": task.name, "number": moving.case.number})
        message = Message("offered", moving.case, task.id, sentence)
        others = (one for one in doers(tx, task) if one.login != tx.actor.login)
        tell(tx, allowed(tx, others, moving.case), message)
        if task.assignee is None:
            tell_chats(tx, places_of(task), message)


def _is_anybody_told(tx: Transaction) -> bool:
    """Ask whether anybody wants to hear of offers, once for a command."""
    if tx.offers_told is None:
        tx.offers_told = is_anybody_told_of_offers(tx)
    return tx.offers_told


def places_of(task: Task) -> list[Place]:
    """Return where the roles are held that *task* is offered to."""
    return [
        Place(offer.role, offer.unit) for offer in task.candidates if offer.role is not None
    ]


def doers(tx: Transaction, task: Task) -> Iterator[Person]:
    """Yield who holds *task*, or else all that it is offered to; some more than once."""
    logins = [offer.login for offer in task.candidates]
    if task.assignee is not None:
        logins = [task.assignee]
    for login in filter(None, logins):
        yield from filter(None, [people.person_or_none(tx, login)])
    if task.assignee is None:
        for place in places_of(task):
            yield from people.holders(tx, place.role, place.unit)


def allowed(tx: Transaction, receivers: Iterable[Person], case: Case) -> list[Person]:
    """Return the active among them who may know of *case*, each once."""
    found = {person.login: person for person in receivers if person.active}
    return [
        person
        for person in found.values()
        if not is_kept_from(tx, people.actor_of(person), case.id)
    ]
