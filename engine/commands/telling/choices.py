"""The command by which people choose what reaches them how."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete

from engine.commands.admitting.entries import refuse_faults
from engine.model import Sentence
from engine.store import people
from engine.store.models import NoticeChoice
from engine.store.telling import NOTICE_KINDS
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ChooseNotices:
    """Choose which kinds of notices reach the actor by e-mail, and which in the chat."""

    email: tuple[str, ...]
    chat: tuple[str, ...]

    def run(self, tx: Transaction) -> None:
        """Keep the choice for every kind; all stand in the web pages in any case.

        Raises:
            InvalidValues: If one is no kind.
        """
        refuse_faults({"email": kind_faults(self.email), "chat": kind_faults(self.chat)})
        person = people.lock_person(tx, tx.actor.person_id or 0)
        mine = delete(NoticeChoice).where(NoticeChoice.person_id == person.id)
        tx.session.execute(mine)
        by = {"email": self.email, "chat": self.chat}
        for kind in NOTICE_KINDS:
            chosen = [channel for channel, kinds in by.items() if kind in kinds]
            tx.add(NoticeChoice(person_id=person.id, kind=kind, channels=chosen))
        tx.stream = f"person:{person.id}"


def kind_faults(kinds: Sequence[str]) -> tuple[Sentence, ...]:
    """Return what is wrong with *kinds* of notices."""
    unknown = [kind for kind in kinds if kind not in NOTICE_KINDS]
    if not unknown:
        return ()
    told = {"known": ", ".join(NOTICE_KINDS), "kind": unknown[0][:100]}
    return (Sentence("Expected kinds among {known}, but {kind} is none.", told),)
