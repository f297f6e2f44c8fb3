"""Tells people something about a case, and the chats of those who hold a role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.commands.moving.routing import Place
from engine.commands.telling.outbox import owe
from engine.language import DEFAULT_LANGUAGE, say
from engine.masking import NO_VEIL, Veil
from engine.model import Sentence
from engine.store import people
from engine.store.models import Case, ChatRobot, Notice, Person
from engine.store.onlookers import veil_of, workers_among
from engine.store.telling import (
    CHANNELS,
    NoticeKind,
    channels_chosen,
    robots_at,
    robots_of,
)
from engine.store.transaction import Transaction
from engine.store.visibility import is_kept_from

#: What is said in the place of words that may name people.
_LETTER = "There is a letter about case {number}."
_NEWS = "There is news about case {number}."


@dataclass(frozen=True, slots=True)
class Message:
    """What people are told."""

    kind: Literal["letter", "reminder", "overdue", "routed", "extension", "offered"]
    case: Case
    task_id: int | None = None
    sentence: Sentence | None = None  #: Said in the reader's language; else it is a letter:
    letter: str | None = None  #: Its id in the policy.
    title: str = ""
    body: str = ""  #: Markdown.
    channels: frozenset[str] = frozenset(CHANNELS)  #: By which it may go.

    @property
    def chosen_as(self) -> NoticeKind:
        """The kind by which people choose its channels."""
        return "routed" if self.kind == "extension" else self.kind

    def said(self, language: str) -> tuple[str, str]:
        """Return title and body in *language*."""
        if self.sentence is None:
            return self.title, self.body
        return say(self.sentence, language), ""

    def said_in_short(self, language: str) -> tuple[str, str]:
        """Return it with nothing of a person but number, task and kind."""
        if self.sentence is not None and self.chosen_as != "routed":
            return self.said(language)
        template = _LETTER if self.sentence is None else _NEWS
        return say(Sentence(template, {"number": self.case.number}), language), ""


def tell(tx: Transaction, receivers: Iterable[Person], message: Message) -> None:
    """Tell each of *receivers* in the web pages, and by the channels they chose.

    Tasks that are offered stand in the worklist, so that no notice says so again.
    """
    told = list(receivers)
    noted: Mapping[int, int] = {}
    if message.kind != "offered":
        noted = {person.id: _note(tx, person, message).id for person in told}
    chosen = channels_chosen(tx, [person.id for person in told], message.chosen_as)
    robots: Mapping[int, ChatRobot] = {}
    if any("chat" in channels for channels in chosen.values()):
        robots = robots_of(tx, [person.id for person in told])
    mailed = [
        person
        for person in told
        if "email" in chosen[person.id] & message.channels and person.email is not None
    ]
    # A task is offered in words of the policy, and to those who are to do it.
    is_veiled = robots or (mailed and message.kind != "offered")
    veil = veil_of(tx, message.case) if is_veiled else NO_VEIL
    seeing = _seeing(tx, mailed, message, veil)
    for person in told:
        channels = chosen[person.id] & message.channels
        if person in mailed:
            said = _said_by_mail(tx, message, person, seeing.get(person.login, veil))
            _mail(tx, person, message, said, noted.get(person.id))
        if "chat" in channels and person.id in robots:
            said = _said_in_chat(message, person, veil)
            _chat(tx, person, robots[person.id], message, said, noted.get(person.id))


def tell_chats(tx: Transaction, places: Iterable[Place], message: Message) -> None:
    """Let the robots of those who hold the roles at *places* say it, each once.

    They say nothing of people; and nothing at all of a case that somebody in the chat must
    not know of.
    """
    if "chat" not in message.channels:
        return
    robots = {
        robot.id: robot
        for place in dict.fromkeys(places)
        for robot in robots_at(tx, place.role, place.unit, message.chosen_as)
    }
    for robot in robots.values():
        if _may_hear(tx, robot, message.case):
            title, body = message.said_in_short(DEFAULT_LANGUAGE)
            owe(
                tx,
                message.case,
                "chat",
                address=f"…{robot.hint}",
                title=title,
                body=body,
                task_id=message.task_id,
                robot_id=robot.id,
            )


def _note(tx: Transaction, person: Person, message: Message) -> Notice:
    is_letter = message.sentence is None
    return tx.add(
        Notice(
            login=person.login,
            kind=message.kind,
            case_id=message.case.id,
            task_id=message.task_id,
            letter=message.letter,
            title=message.title if is_letter else None,
            body=message.body if is_letter else None,
            sentence=message.sentence,
            at=tx.now,
        )
    )


def _seeing(
    tx: Transaction, mailed: Iterable[Person], message: Message, veil: Veil
) -> Mapping[str, Veil]:
    """Return the logins of those over whom no veil lies, as on the pages of the case."""
    if not veil:
        return {}
    actors = [people.actor_of(person) for person in mailed]
    return dict.fromkeys(workers_among(tx, message.case, actors), NO_VEIL)


def _said_by_mail(
    tx: Transaction, message: Message, person: Person, veil: Veil
) -> tuple[str, str]:
    """Return title and body as the person would see them on a page.

    Whoever is not to see a confidential case learns its number and that there is news.
    """
    language, case = person.language or DEFAULT_LANGUAGE, message.case
    if case.confidential and is_kept_from(tx, people.actor_of(person), case.id):
        return message.said_in_short(language)
    title, body = message.said(language)
    return veil.text(title), veil.text(body)


def _mail(
    tx: Transaction,
    person: Person,
    message: Message,
    said: tuple[str, str],
    notice: int | None,
) -> None:
    owe(
        tx,
        message.case,
        "email",
        address=person.email or "",
        title=said[0],
        body=said[1] or said[0],
        notice_id=notice,
        task_id=message.task_id,
        login=person.login,
    )


def _said_in_chat(message: Message, person: Person, veil: Veil) -> tuple[str, str]:
    """Return title and body as they go through others' hands: nothing personal is plain."""
    language = person.language or DEFAULT_LANGUAGE
    if message.case.confidential:
        return message.said_in_short(language)
    title, body = message.said(language)
    return veil.text(title), veil.text(body)


def _chat(
    tx: Transaction,
    person: Person,
    robot: ChatRobot,
    message: Message,
    said: tuple[str, str],
    notice: int | None,
) -> None:
    owe(
        tx,
        message.case,
        "chat",
        address=f"…{robot.hint}",
        title=said[0],
        body=said[1],
        notice_id=notice,
        task_id=message.task_id,
        login=person.login,
        robot_id=robot.id,
    )


def _may_hear(tx: Transaction, robot: ChatRobot, case: Case) -> bool:
    """Tell whether all may know of the case who read what the robot says."""
    if not case.confidential and not tx.excluded(case.id):
        return True
    there = people.holders(tx, robot.role or "", robot.unit)
    kept = (is_kept_from(tx, people.actor_of(person), case.id) for person in there)
    return bool(there) and not any(kept)
