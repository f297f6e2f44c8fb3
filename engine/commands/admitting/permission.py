"""Who may do what beyond the tasks of a case: rights that a person holds."""

from typing import Literal

from engine.model import Actor, NotAllowed

Right = Literal["admin", "deploy", "operate", "audit"]
RIGHTS: tuple[Right, ...] = ("admin", "deploy", "operate", "audit")


def has_right(actor: Actor, right: Right) -> bool:
    """Tell whether *actor* holds *right*; the engine itself holds all."""
    return right in actor.rights or "system" in actor.rights


def require(actor: Actor, right: Right) -> None:
    """Refuse whoever does not hold *right*.

    Raises:
        NotAllowed: If *actor* does not.
    """
    if not has_right(actor, right):
        raise NotAllowed(
            "Expected somebody with the right {right}, but {name} does not have it.",
            right=right,
            name=actor.name,
        )
