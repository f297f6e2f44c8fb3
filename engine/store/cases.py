"""Finds what belongs to a case: tasks, subscriptions, incidents and the words for it."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import (
    BindParameter,
    Executable,
    bindparam,
    delete,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.attributes import set_committed_value

from engine.store.jobs import OWED
from engine.store.models import (
    Breach,
    CaseText,
    Extension,
    Incident,
    Job,
    Subscription,
    Task,
)
from engine.store.transaction import Transaction
from engine.store.words import words_of

_TASKS, _JOBS, _WAITS = Task.__table__, Job.__table__, Subscription.__table__
_TROUBLES, _WORDS = Incident.__table__, CaseText.__table__
_ASKED, _LATE = Extension.__table__, Breach.__table__
_CASE: BindParameter[int] = bindparam("of_case")
_TOKENS: BindParameter[str] = bindparam("of_tokens", expanding=True)

#: The conditions by which rows of each table wait for some tokens of a case.
_WAITING = {
    _TASKS: (_TASKS.c.state == "open",),
    _JOBS: (_JOBS.c.state.in_(OWED),),
    _WAITS: (),
    _TROUBLES: (_TROUBLES.c.state == "open",),
    _ASKED: (_ASKED.c.state == "open",),
}
_CONDITIONS = {
    table: (table.c.case_id == _CASE, table.c.token.in_(_TOKENS), *conditions)
    for table, conditions in _WAITING.items()
}
_IS_LATE = or_(
    exists().where(
        *_CONDITIONS[_JOBS], _JOBS.c.kind == "overdue", _JOBS.c.due_at < bindparam("now")
    ),
    exists().where(
        _LATE.c.case_id == _CASE, _LATE.c.token.in_(_TOKENS), _LATE.c.ended_at.is_(None)
    ),
)
_WHAT_WAITS = select(
    _IS_LATE, *(exists().where(*conditions) for conditions in _CONDITIONS.values())
)
_CANCELLED = {"state": "cancelled", "ended_at": bindparam("now")}
_LAPSED = {"state": "lapsed", "ended_at": bindparam("now")}
_RESOLVED = {
    "state": "resolved",
    "resolved_at": bindparam("now"),
    "resolved_by": bindparam("by_login"),
}
_COMPLETE = update(_TASKS).where(_TASKS.c.id == bindparam("of_task"))
_CLOSE = (
    update(_TASKS).where(*_CONDITIONS[_TASKS]).values(_CANCELLED),
    update(_JOBS).where(*_CONDITIONS[_JOBS]).values(_CANCELLED),
    delete(_WAITS).where(*_CONDITIONS[_WAITS]),
    update(_TROUBLES).where(*_CONDITIONS[_TROUBLES]).values(_RESOLVED),
    update(_ASKED).where(*_CONDITIONS[_ASKED]).values(_LAPSED),
)


def open_tasks(tx: Transaction, case_id: int, token: str | None = None) -> Sequence[Task]:
    """Return the tasks of a case that wait, all of them or those of one token."""
    chosen = select(Task).where(Task.case_id == case_id, Task.state == "open")
    if token is not None:
        chosen = chosen.where(Task.token == token)
    return tx.session.scalars(chosen.order_by(Task.id)).all()


def open_task(tx: Transaction, task: Task) -> None:
    """Insert a task with those to whom it is offered."""
    tx.insert(task)
    for candidate in task.candidates:
        candidate.task_id = task.id
        tx.insert(candidate)
    tx.session.add(task)


def complete_task(tx: Transaction, task: Task) -> None:
    """Note that the actor completed a task, and was the one who held it."""
    by, done = tx.actor.login, {"state": "completed", "ended_at": tx.now}
    done |= {"completed_by": by, "assignee": by}
    tx.execute(_COMPLETE, {"of_task": task.id, **done})
    for name, value in done.items():
        set_committed_value(task, name, value)


def completed_by(tx: Transaction, case_id: int, element_ids: Iterable[str]) -> set[str]:
    """Return the logins of who completed a task at one of these elements of a case."""
    chosen = select(Task.completed_by).where(
        Task.case_id == case_id,
        Task.element_id.in_(list(element_ids)),
        Task.completed_by.is_not(None),
    )
    return {login for login in tx.session.scalars(chosen) if login is not None}


def close_tokens(tx: Transaction, case_id: int, tokens: Collection[str]) -> bool:
    """Take away all that waits for *tokens*: tasks, jobs, subscriptions, incidents.

    Return whether any of the tasks was late.
    """
    if not tokens:
        return False
    tx.session.flush()
    chosen = {"of_case": case_id, "of_tokens": sorted(tokens), "now": tx.now}
    found = tx.execute(_WHAT_WAITS, chosen).one()
    needed: Sequence[bool] = found[1:]
    for statement, is_needed in zip(_CLOSE, needed, strict=True):
        if is_needed:
            tx.execute(statement, {**chosen, "by_login": tx.actor.login})
    return bool(found[0])


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


def set_words(tx: Transaction, case_id: int, texts: Iterable[str]) -> None:
    """Let a case be found by *texts*; nothing is written where it is already."""
    words = " ".join(map(words_of, texts))
    if tx.words.get(case_id) == words:
        return
    statement = _SET_WORDS[tx.session.get_bind().dialect.name]
    tx.execute(statement, {"case_id": case_id, "words": words})
    tx.words[case_id] = words


def _set_words_by(new: postgresql.Insert | sqlite.Insert) -> Executable:
    """Return the statement that sets words, and touches no index where they are known."""
    return new.on_conflict_do_update(
        index_elements=[_WORDS.c.case_id],
        set_={"words": new.excluded.words},
        where=_WORDS.c.words != new.excluded.words,
    )


_SET_WORDS = {
    "sqlite": _set_words_by(sqlite.insert(_WORDS)),
    "postgresql": _set_words_by(postgresql.insert(_WORDS)),
}
