"""Says who may erase the personal data of a case that they see."""

from engine.model import Actor, InvalidState, NotAllowed
from engine.policy import LoadedPolicy
from engine.store.models import Case


def may_erase(actor: Actor, policy: LoadedPolicy) -> bool:
    """Tell whether *actor* may: who administers, and who answers for the policy."""
    is_wide = bool(actor.rights & {"admin", "system"})
    return is_wide or actor.holds(policy.settings.owner)


def refuse_unless_erasable(actor: Actor, policy: LoadedPolicy, case: Case) -> None:
    """Refuse whoever may not erase, and a case that is not to be erased.

    Raises:
        NotAllowed: If *actor* may not.
        InvalidState: If *case* is open, or was erased before.
    """
    if not may_erase(actor, policy):
        raise NotAllowed(
            "Expected somebody who administers or answers for {policy}, but {name} does"
            " neither.",
            policy=policy.settings.title,
            name=actor.name,
        )
    if case.state == "open":
        raise InvalidState(
            "Expected case {number} to be over before its personal data is erased, but"
            " it is open.",
            number=case.number,
        )
    if case.erased_at is not None:
        raise InvalidState(
            "Expected case {number} to have personal data, but it was erased before.",
            number=case.number,
        )
