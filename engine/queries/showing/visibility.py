"""Refuses what is not for the person who asks."""

from dataclasses import dataclass

from engine.model import Actor, NotAllowed
from engine.store.models import Case
from engine.store.reading import Reading
from engine.store.visibility import sees_case


@dataclass(frozen=True, slots=True)
class OnlyWith:
    """Whether a page is for the asking person at all."""

    right: str

    def answer(self, reading: Reading) -> None:
        """Refuse those who do not hold the right."""
        require_right(reading.actor, self.right)


def visible_case(reading: Reading, case_id: int) -> Case:
    """Return a case that the asking person may see.

    Raises:
        NotFound: If there is none.
        NotAllowed: If it is not for this person.
    """
    case = reading.find_case(case_id)
    if not sees_case(reading, reading.actor, case_id):
        raise NotAllowed(
            "Expected to show case {number}, but {name} has no part in it.",
            number=case.id,  # Not its number, which says what it is about and since when.
            name=reading.actor.name,
        )
    return case


def require_right(actor: Actor, right: str) -> None:
    """Refuse people without *right*.

    Raises:
        NotAllowed: If the person does not hold it.
    """
    if right not in actor.rights and "system" not in actor.rights:
        raise NotAllowed(
            "Expected somebody with the right {right}, but {name} does not have it.",
            right=right,
            name=actor.name,
        )
