"""Who may read a ledger and its reports, and who may close its months."""

from engine.model import Actor, NotAllowed
from engine.policy import LoadedPolicy
from engine.policy.sections.reports import Report as Owed

_WIDE = frozenset({"audit", "system"})


def reads_ledger(actor: Actor, policy: LoadedPolicy) -> bool:
    """Tell whether *actor* may read the ledger of a policy and all its reports."""
    ledger = policy.settings.ledger
    if ledger is None:
        return False
    return bool(actor.rights & _WIDE) or any(actor.holds(role) for role in ledger.readers)


def reads_report(actor: Actor, policy: LoadedPolicy, owed: Owed) -> bool:
    """Tell whether *actor* may read one report."""
    return reads_ledger(actor, policy) or any(actor.holds(role) for role in owed.roles)


def reads_anything(actor: Actor, policy: LoadedPolicy) -> bool:
    """Tell whether *actor* may read any report of a policy."""
    owed = policy.settings.reports
    return reads_ledger(actor, policy) or any(
        reads_report(actor, policy, each) for each in owed
    )


def closes_months(actor: Actor, policy: LoadedPolicy) -> bool:
    """Tell whether *actor* may close a month: those who keep the ledger, no auditor."""
    ledger = policy.settings.ledger
    readers = ledger.readers if ledger is not None else ()
    return "system" in actor.rights or any(actor.holds(role) for role in readers)


def refuse_stranger(actor: Actor, policy: LoadedPolicy) -> None:
    """Refuse whoever may read no report of a policy.

    Raises:
        NotAllowed: If *actor* may not.
    """
    if not reads_anything(actor, policy):
        raise _refusal(actor, policy)


def refuse_outsider(actor: Actor, policy: LoadedPolicy, owed: Owed) -> None:
    """Refuse whoever may not read a report.

    Raises:
        NotAllowed: If *actor* may not.
    """
    if not reads_report(actor, policy, owed):
        raise _refusal(actor, policy)


def refuse_unless_keeper(actor: Actor, policy: LoadedPolicy) -> None:
    """Refuse whoever may not close months.

    Raises:
        NotAllowed: If *actor* may not.
    """
    if not closes_months(actor, policy):
        raise NotAllowed(
            "Expected somebody who keeps the ledger of {policy}, but {name} does not.",
            policy=policy.settings.title,
            name=actor.name,
        )


def _refusal(actor: Actor, policy: LoadedPolicy) -> NotAllowed:
    return NotAllowed(
        "Expected somebody who may read the reports of {policy}, but {name} may not.",
        policy=policy.settings.title,
        name=actor.name,
    )
