"""Says who may erase the personal data of a case that they see."""

from engine.model import Actor, NotAllowed
from engine.policy import LoadedPolicy


def may_erase(actor: Actor, policy: LoadedPolicy) -> bool:
    """Tell whether *actor* may: who administers, and who answers for the policy."""
    is_wide = bool(actor.rights & {"admin", "system"})
    return is_wide or actor.holds(policy.settings.owner)


def refuse_unless_owner(actor: Actor, policy: LoadedPolicy) -> None:
    """Refuse whoever may not erase.

    Raises:
        NotAllowed: If *actor* may not.
    """
    if not may_erase(actor, policy):
        raise NotAllowed(
            "Expected somebody who administers or answers for {policy}, but {name} does"
            " neither.",
            policy=policy.settings.title,
            name=actor.name,
        )
