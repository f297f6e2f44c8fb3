"""The job `notify`: writes a letter of the policy to people and addresses."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.commands.moving.case import Moving, sight
from engine.commands.moving.routing import Place, Router
from engine.commands.telling.correspondence import link_for_letters
from engine.commands.telling.mailing import owe_mail
from engine.commands.telling.tell import Message, tell, tell_chats
from engine.feel import render_template
from engine.model import EngineError, InvalidState, Json, NotFound, Variables
from engine.policy import Letter
from engine.store import people
from engine.store.models import Job, Person
from engine.store.tracking import without_link
from engine.store.transaction import Transaction
from engine.store.visibility import is_excluded

_LIST = re.compile(r"[,，;；、\s]+")


@dataclass(frozen=True, slots=True)
class _Recipients:
    """Whom a letter goes to."""

    people: tuple[Person, ...]
    places: tuple[Place, ...]  #: Where those of them are who hold a role.
    addresses: tuple[str, ...]  #: Of people who have no login.


def notify(moving: Moving, job: Job) -> Variables:
    """Write the letter of a job to everybody whom its headers name.

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
    inside = [without_link(moving.tx, moving.case.id, text) for text in (title, body)]
    message = Message(
        "letter",
        moving.case,
        letter=letter.id,
        title=inside[0],
        body=inside[1],
        channels=letter.channels,
    )
    tell(moving.tx, recipients.people, message)
    tell_chats(moving.tx, recipients.places, message)
    for address in recipients.addresses:
        owe_mail(moving, address, title, body)
    return {}


def _filled(moving: Moving, job: Job, letter: Letter) -> tuple[str, str]:
    variables = moving.execution.visible(job.token or "")
    seen = sight(moving.tx, moving.case, moving.policy, variables)
    names = {**seen.names, **link_for_letters(moving, letter)}
    return (
        render_template(letter.title, names, seen.context),
        render_template(letter.body, names, seen.context),
    )


def _recipients(moving: Moving, job: Job, letter: Letter) -> _Recipients:
    headers = job.payload["headers"]
    places = _places(moving, job, _listed(headers.get("groups")))
    named = _holders(moving.tx, places) + _by_logins(
        moving.tx, _listed(headers.get("people"))
    )
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
    return _Recipients(
        tuple(chosen.values()), tuple(places), tuple(dict.fromkeys(addresses))
    )


def _places(moving: Moving, job: Job, groups: Iterable[str]) -> list[Place]:
    tx = moving.tx
    variables = moving.execution.visible(job.token or "")
    router = Router(
        tx,
        moving.case,
        moving.policy,
        sight(tx, moving.case, moving.policy, variables),
        away=tx.excluded(moving.case.id),
    )
    places = router.places(groups)
    if router.troubles:
        trouble = router.troubles[0]
        raise EngineError(trouble.template, **trouble.values)
    return places


def _holders(tx: Transaction, places: Iterable[Place]) -> list[Person]:
    return [one for place in places for one in people.holders(tx, place.role, place.unit)]


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
