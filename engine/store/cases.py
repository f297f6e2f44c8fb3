"""Finds what belongs to a case: tasks, subscriptions, incidents and the words for it."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import delete, insert, select, update

from engine.store.jobs import OWED
from engine.store.models import (
    Activity,
    CaseText,
    Draft,
    Exclusion,
    FlowTaken,
    Incident,
    Job,
    Subscription,
    Task,
)
from engine.store.transaction import Transaction
from engine.store.words import spaced


def open_tasks(tx: Transaction, case_id: int, token: str | None = None) -> Sequence[Task]:
    """Return the tasks of a case that wait, all of them or those of one token."""
    chosen = select(Task).where(Task.case_id == case_id, Task.state == "open")
    if token is not None:
        chosen = chosen.where(Task.token == token)
    return tx.session.scalars(chosen.order_by(Task.id)).all()


def completed_by(tx: Transaction, case_id: int, element_ids: Iterable[str]) -> set[str]:
    """Return the logins of who completed a task at one of these elements of a case."""
    chosen = select(Task.completed_by).where(
        Task.case_id == case_id,
        Task.element_id.in_(list(element_ids)),
        Task.completed_by.is_not(None),
    )
    return {login for login in tx.session.scalars(chosen) if login is not None}


def add_flows(tx: Transaction, case_id: int, flows: Collection[tuple[str, str]]) -> None:
    """Note the sequence flows that were taken, each by its process and its id."""
    if not flows:
        return
    rows = [
        {"case_id": case_id, "process_id": process_id, "flow_id": flow_id, "at": tx.now}
        for process_id, flow_id in flows
    ]
    tx.session.execute(insert(FlowTaken), rows)


def close_tokens(tx: Transaction, case_id: int, tokens: Collection[str]) -> None:
    """Take away all that waits for *tokens*: tasks, jobs, subscriptions, incidents."""
    if not tokens:
        return
    run = tx.session.execute
    run(
        update(Task)
        .where(Task.case_id == case_id, Task.token.in_(tokens), Task.state == "open")
        .values(state="cancelled", ended_at=tx.now)
    )
    run(
        update(Job)
        .where(Job.case_id == case_id, Job.token.in_(tokens), Job.state.in_(OWED))
        .values(state="cancelled", ended_at=tx.now)
    )
    run(
        delete(Subscription).where(
            Subscription.case_id == case_id, Subscription.token.in_(tokens)
        )
    )
    run(
        update(Incident)
        .where(
            Incident.case_id == case_id,
            Incident.token.in_(tokens),
            Incident.state == "open",
        )
        .values(state="resolved", resolved_at=tx.now, resolved_by=tx.actor.login)
    )


def resolve_incidents_of_task(tx: Transaction, task_id: int) -> None:
    """Note that nothing is wrong with offering a task, until it is found again."""
    tx.session.execute(
        update(Incident)
        .where(Incident.task_id == task_id, Incident.state == "open")
        .values(state="resolved", resolved_at=tx.now, resolved_by=tx.actor.login)
    )


def waiting_tokens(tx: Transaction, case_id: int) -> set[str]:
    """Return the tokens of a case that wait for anything outside of it."""
    found: set[str] = set()
    for kind, states in ((Task, ("open",)), (Job, OWED), (Incident, ("open",))):
        chosen = select(kind.token).where(kind.case_id == case_id, kind.state.in_(states))
        found |= {token for token in tx.session.scalars(chosen) if token is not None}
    chosen = select(Subscription.token).where(Subscription.case_id == case_id)
    return found | {token for token in tx.session.scalars(chosen) if token is not None}


def open_troubles(tx: Transaction, case_id: int) -> set[str]:
    """Return what operations was told of the head of a case, and is still so."""
    chosen = select(Incident.sentence).where(
        Incident.case_id == case_id, Incident.kind == "head", Incident.state == "open"
    )
    return {str(sentence) for sentence in tx.session.scalars(chosen)}


def active_activities(
    tx: Transaction, case_id: int, tokens: Collection[str]
) -> dict[str, list[Activity]]:
    """Return where *tokens* are, by token, the latest last."""
    found: dict[str, list[Activity]] = {}
    if tokens:
        chosen = select(Activity).where(
            Activity.case_id == case_id,
            Activity.token.in_(tokens),
            Activity.state == "active",
        )
        for activity in tx.session.scalars(chosen.order_by(Activity.id)):
            found.setdefault(activity.token, []).append(activity)
    return found


def cancel_activities(tx: Transaction, case_id: int) -> None:
    """Note that all tokens of a case were taken away."""
    tx.session.execute(
        update(Activity)
        .where(Activity.case_id == case_id, Activity.state == "active")
        .values(state="cancelled", left_at=tx.now, by=tx.actor.login)
    )


def excluded_from(tx: Transaction, case_id: int) -> set[str]:
    """Return the logins of those who must have nothing to do with a case."""
    chosen = select(Exclusion.login).where(Exclusion.case_id == case_id)
    return set(tx.session.scalars(chosen))


def exclude(tx: Transaction, case_id: int, logins: set[str]) -> None:
    """Let exactly these people have nothing to do with a case."""
    known = tx.session.scalars(select(Exclusion).where(Exclusion.case_id == case_id)).all()
    for exclusion in known:
        if exclusion.login not in logins:
            tx.session.delete(exclusion)
    for login in sorted(logins - {exclusion.login for exclusion in known}):
        tx.session.add(Exclusion(case_id=case_id, login=login))


def set_words(tx: Transaction, case_id: int, texts: Iterable[str]) -> None:
    """Let a case be found by *texts*."""
    words = " ".join(spaced(text) for text in texts)
    known = tx.session.get(CaseText, case_id)
    if known is None:
        tx.session.add(CaseText(case_id=case_id, words=words))
    elif known.words != words:
        known.words = words


def draft(tx: Transaction, place: str) -> Draft | None:
    """Return what the actor filled in at *place* and did not send."""
    return tx.session.scalar(
        select(Draft).where(Draft.login == tx.actor.login, Draft.place == place)
    )


def drop_draft(tx: Transaction, place: str) -> None:
    """Forget what the actor filled in at *place*, because it was sent."""
    tx.session.execute(
        delete(Draft).where(Draft.login == tx.actor.login, Draft.place == place)
    )
