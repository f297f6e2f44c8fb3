"""Reads where a locked case stands, and at once what the completion of a task asks more."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, exists, func, select

from engine.store.drafts import task_place
from engine.store.journal import Head, case_stream
from engine.store.models import (
    Case,
    CaseText,
    Chain,
    Draft,
    Exclusion,
    MaskedHead,
    Opinion,
    SavedExecution,
    Task,
)
from engine.store.telling import IS_ANYBODY_TOLD_OF_OFFERS
from engine.store.transaction import Transaction

#: Where a case stood: its tokens, its variables and the flows it took, as text.
Stand = tuple[str, str, str]

_CASES, _SAVED, _WORDS = Case.__table__, SavedExecution.__table__, CaseText.__table__
_MASKED, _HEADS, _OUT = MaskedHead.__table__, Chain.__table__, Exclusion.__table__
_OPINIONS, _DRAFTS = Opinion.__table__, Draft.__table__
_CASE: BindParameter[int] = bindparam("of_case")
_BETWEEN = "\n"  #: Logins; none has it.

_EXCLUDED = (
    select(func.aggregate_strings(_OUT.c.login, _BETWEEN))
    .where(_OUT.c.case_id == _CASE)
    .scalar_subquery()
)
_ASKED = (
    select(_OPINIONS.c.asked)
    .where(
        _OPINIONS.c.task_id == bindparam("of_task"),
        _OPINIONS.c.state == "open",
        _OPINIONS.c.holds,
    )
    .order_by(_OPINIONS.c.id)
    .limit(1)
    .scalar_subquery()
)
_HAS_DRAFT = exists().where(
    _DRAFTS.c.login == bindparam("by_login"), _DRAFTS.c.place == bindparam("at_place")
)
_STAND = (
    select(
        *(_SAVED.c.state, _SAVED.c.variables, _SAVED.c.flows, _WORDS.c.words),
        *(_MASKED.c.title, _MASKED.c.customer, _MASKED.c.words.label("masked_words")),
    )
    .select_from(
        _CASES.outerjoin(_SAVED, _SAVED.c.case_id == _CASES.c.id)
        .outerjoin(_WORDS, _WORDS.c.case_id == _CASES.c.id)
        .outerjoin(_MASKED, _MASKED.c.case_id == _CASES.c.id)
    )
    .where(_CASES.c.id == _CASE)
)
_AHEAD = _STAND.outerjoin(_HEADS, _HEADS.c.stream == bindparam("of_stream")).add_columns(
    *(_HEADS.c.position, _HEADS.c.digest, _EXCLUDED.label("excluded")),
    *(_ASKED.label("asked"), _HAS_DRAFT.label("has_draft")),
    IS_ANYBODY_TOLD_OF_OFFERS.label("offers_told"),
)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was read for the completion of a task, beside what the transaction keeps."""

    stand: Stand | None  #: Where the case stands; None where it is over.
    asked: str | None  #: The login of who is to give an opinion before.
    has_draft: bool  #: Whether the actor kept a half-filled form of the task.


def stand_of(tx: Transaction, case: Case) -> Stand | None:
    """Read where a locked case stands; None where nothing of that is kept."""
    return _kept(tx, case.id, tx.execute(_STAND, {"of_case": case.id}).one())


def look_ahead(tx: Transaction, task: Task) -> Ahead:
    """Read what the completion of *task* asks of its case, which is locked.

    The transaction keeps who must keep away, the words of the case, the head of its chain,
    and whether anybody is told of offers: nobody else changes these of a locked case.
    """
    case = task.case
    stream = case_stream(case.id, demo=case.demo)
    chosen = {"of_case": case.id, "of_task": task.id, "of_stream": stream}
    chosen |= {"by_login": tx.actor.login, "at_place": task_place(task.id)}
    row = tx.execute(_AHEAD, chosen).one()
    tx.remember_excluded(case.id, row.excluded.split(_BETWEEN) if row.excluded else ())
    tx.offers_told = bool(row.offers_told)
    if row.position is not None:
        tx.heads[stream] = Head(row.position, row.digest)
    return Ahead(_kept(tx, case.id, row), row.asked, bool(row.has_draft))


def _kept(tx: Transaction, case_id: int, row: Row[Any]) -> Stand | None:
    """Let the transaction keep the words of a case, and return where it stands."""
    if row.words is not None:
        tx.words[case_id] = row.words
    if row.title is not None:
        tx.masked[case_id] = (row.title, row.customer, row.masked_words)
    return None if row.state is None else (row.state, row.variables, row.flows)
