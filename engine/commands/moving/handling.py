"""Who may take, hand on and complete a task: shared by the commands about tasks."""

from datetime import datetime
from zoneinfo import ZoneInfo

from engine.model import Actor, Conflict, InvalidState, NotAllowed
from engine.policy.ids import listed_ids
from engine.store import people
from engine.store.cases import completed_by
from engine.store.models import Task
from engine.store.transaction import Transaction
from engine.store.visibility import is_candidate, is_excluded, is_kept_from, sees_case


def refuse_closed(tx: Transaction, task: Task) -> None:
    """Refuse to do anything more with a task that is done or gone.

    Raises:
        Conflict: If somebody completed it: who, and when.
        InvalidState: If the case went on without it.
    """
    if task.state == "completed":
        raise Conflict(
            "Expected {task} to be open, but {name} completed it at {moment}.",
            task=task.name,
            name=_name(tx, task.completed_by),
            moment=_local(tx, task, task.ended_at),
        )
    if task.state != "open":
        raise InvalidState(
            "Expected {task} to be open, but the case went on without it at {moment}.",
            task=task.name,
            moment=_local(tx, task, task.ended_at),
        )


def refuse_excluded(tx: Transaction, task: Task, actor: Actor) -> None:
    """Refuse people who must have nothing to do with the case, without saying why.

    Raises:
        NotAllowed: If *actor* is one of them.
    """
    if is_excluded(tx, actor.login, task.case_id):
        raise NotAllowed(
            "Expected a task that {name} may see, but task {task} is none.",
            name=actor.name,
            task=task.id,
        )


def refuse_kept_away(tx: Transaction, task: Task, actor: Actor) -> None:
    """Refuse people from whom the case is kept, without saying why.

    Raises:
        NotAllowed: If *actor* is one of them.
    """
    refuse_excluded(tx, task, actor)
    if is_kept_from(tx, actor, task.case_id):
        raise NotAllowed(
            "Expected a task that {name} may see, but task {task} is none.",
            name=actor.name,
            task=task.id,
        )


def refuse_unspoken(tx: Transaction, task: Task, actor: Actor) -> None:
    """Refuse what goes outside, unless the spokesperson of a confidential case does it.

    Raises:
        NotAllowed: If *actor* is not the spokesperson, or nobody is named yet.
    """
    if not task.case.confidential or task.properties.get("outward") != "yes":
        return
    if task.case.spokesperson is None:
        raise NotAllowed(
            "Expected a spokesperson for {task} while the case is confidential, but none is"
            " named yet.",
            task=task.name,
        )
    if task.case.spokesperson != actor.login:
        raise NotAllowed(
            "Expected the spokesperson for {task} while the case is confidential, but"
            " {name} is not.",
            task=task.name,
            name=actor.name,
        )


def refuse_outsider(tx: Transaction, task: Task, actor: Actor) -> None:
    """Refuse people who have no part in the case, without a word about the task.

    Raises:
        NotAllowed: If *actor* does not see the case.
    """
    refuse_kept_away(tx, task, actor)
    takes_part = task.assignee == actor.login or is_candidate(actor, task)
    if not takes_part and not sees_case(tx, actor, task.case_id):
        raise NotAllowed(
            "Expected a task that {name} may see, but task {task} is none.",
            name=actor.name,
            task=task.id,
        )


def refuse_stranger(tx: Transaction, task: Task, actor: Actor) -> None:
    """Refuse people to whom the task is not offered.

    Raises:
        NotAllowed: If *actor* is neither assignee nor candidate, is excluded, or did
            what four eyes must look at.
    """
    refuse_outsider(tx, task, actor)
    if task.assignee != actor.login and not is_candidate(actor, task):
        raise NotAllowed(
            "Expected somebody to whom {task} is offered, but it is not offered to {name}.",
            task=task.name,
            name=actor.name,
        )
    refuse_second_pair_of_same_eyes(tx, task, actor)


def refuse_second_pair_of_same_eyes(tx: Transaction, task: Task, actor: Actor) -> None:
    """Refuse whoever completed the step that this task looks at again.

    Raises:
        NotAllowed: If *actor* did.
    """
    if actor.login in _first_pair(tx, task):
        raise NotAllowed(
            "Expected somebody else for {task}, but {name} did the step that it looks at"
            " again.",
            task=task.name,
            name=actor.name,
        )


def kept_away(tx: Transaction, task: Task) -> frozenset[str]:
    """Return the logins of all who must not do *task*, whatever role they hold."""
    return tx.excluded(task.case_id) | _first_pair(tx, task)


def _first_pair(tx: Transaction, task: Task) -> set[str]:
    """Return the logins of who completed the steps that *task* looks at again."""
    looked_at = listed_ids(task.properties.get("fourEyes"))
    return completed_by(tx, task.case_id, looked_at) if looked_at else set()


def refuse_taken(tx: Transaction, task: Task, actor: Actor) -> None:
    """Refuse what somebody else has taken.

    Raises:
        Conflict: If another person holds the task: who, and since when.
    """
    if task.assignee in (None, actor.login):
        return
    raise Conflict(
        "Expected {task} to be free, but {name} took it at {moment}.",
        task=task.name,
        name=_name(tx, task.assignee),
        moment=_local(tx, task, task.claimed_at or task.created_at),
    )


def refuse_unanswered(tx: Transaction, task: Task, asked: str | None) -> None:
    """Refuse to complete a task that waits for somebody's opinion.

    Args:
        tx: The transaction.
        task: The task.
        asked: The login of whoever is to give one.

    Raises:
        InvalidState: If anybody is: who.
    """
    if asked is not None:
        raise InvalidState(
            "Expected {name} to give an opinion on {task} first, but there is none yet.",
            name=_name(tx, asked),
            task=task.name,
        )


def leads(tx: Transaction, task: Task, actor: Actor) -> bool:
    """Tell whether *actor* holds a role to which a candidate role of *task* escalates."""
    roles = tx.loaded(task.case.deployment_id).roles
    leading = {
        roles[candidate.role or ""].escalates_to
        for candidate in task.candidates
        if (candidate.role or "") in roles
    }
    return any(role is not None and actor.holds(role) for role in leading)


def _name(tx: Transaction, login: str | None) -> str | None:
    person = people.person_or_none(tx, login or "")
    return login if person is None else person.name


def _local(tx: Transaction, task: Task, moment: datetime | None) -> str:
    """Return *moment* as clocks show it where the policy is at home."""
    zone = ZoneInfo(tx.loaded(task.case.deployment_id).settings.zone)
    return "" if moment is None else moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
