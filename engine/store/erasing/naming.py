"""Erases texts that stand where a person, a role or a unit should, and name none."""

from sqlalchemy import delete, or_, select, update

from engine.model import Json
from engine.policy import LoadedPolicy
from engine.policy.sections.public import CUSTOMER
from engine.store.erasing.vocabulary import Vocabulary
from engine.store.models import Breach, Case, Exclusion, Person, Task, TaskCandidate
from engine.store.transaction import Transaction


def erase_names(
    tx: Transaction, case: Case, policy: LoadedPolicy, words: Vocabulary
) -> None:
    """Leave who the case was for as far as these are people, roles and units known here.

    A diagram may read any of them from what somebody typed.
    """
    if not words.has(case.unit):
        case.unit = None
    run, people = tx.session.execute, select(Person.login)
    if tx.session.scalar(people.where(Person.login == case.spokesperson)) is None:
        case.spokesperson = None
    kept_away = delete(Exclusion).where(Exclusion.case_id == case.id)
    run(kept_away.where(Exclusion.login.not_in(people)))
    roles = [*policy.roles, CUSTOMER]
    offered = delete(TaskCandidate).where(TaskCandidate.case_id == case.id)
    named = TaskCandidate.login.is_not(None)
    run(
        offered.where(
            or_(
                TaskCandidate.role.not_in(roles),
                named & TaskCandidate.login.not_in(people),
            )
        )
    )
    late = update(Breach).where(Breach.case_id == case.id, Breach.role.not_in(roles))
    run(late.values(role=None))
    _erase_wanted(tx, case, frozenset([*roles, *tx.session.scalars(people)]))


def _erase_wanted(tx: Transaction, case: Case, known: frozenset[str]) -> None:
    for task in tx.session.scalars(select(Task).where(Task.case_id == case.id)):
        wanted = {name: _known(value, known) for name, value in task.wanted.items()}
        if wanted != task.wanted:
            task.wanted = wanted


def _known(value: Json, known: frozenset[str]) -> Json:
    """Return what a diagram named as far as it is *known*: one text, or a list of some."""
    if isinstance(value, list):
        return [item for item in value if item in known]
    return value if value is None or value in known else None
