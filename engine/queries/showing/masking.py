"""Shows what is personal to who works on a case, and masks it for who looks on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, select

from engine.masking import NO_VEIL, Veil
from engine.store.models import Case, MaskedHead
from engine.store.onlookers import is_masked, veil_of, veils_of, worked_on
from engine.store.reading import Reading
from engine.store.words import is_tail, words_of

# Written out: a few hundred numbers are read faster than they are handed over.
_SOME: BindParameter[Sequence[int]] = bindparam(
    "of_cases", expanding=True, literal_execute=True
)
_CASES, _HEADS = Case.__table__, MaskedHead.__table__
_SEEN_WORDS = (
    select(
        *(_CASES.c.id, _CASES.c.number, _CASES.c.deployment_id, _CASES.c.erased_at),
        *(_HEADS.c.case_id.label("kept"), _HEADS.c.words),
    )
    .select_from(_CASES.outerjoin(_HEADS, _HEADS.c.case_id == _CASES.c.id))
    .where(_CASES.c.id.in_(_SOME))
)


@dataclass(frozen=True, slots=True)
class ShownHead:
    """The title of a case and its customer, as far as the asking person sees them."""

    title: str
    customer: str | None


def veil_over(reading: Reading, case: Case) -> Veil:
    """Return what lies over *case* for the asking person; none where they work on it."""
    return veil_of(reading, case) if is_masked(reading, case) else NO_VEIL


def veils_over(reading: Reading, case_ids: Iterable[int | None]) -> Mapping[int, Veil]:
    """Return what lies over each of these cases in a list that tells of several."""
    wanted = {case_id for case_id in case_ids if case_id is not None}
    known = worked_on(reading, wanted)
    veils = veils_of(reading, _deployments(reading, wanted - known))
    return dict.fromkeys(known, NO_VEIL) | veils


def shown_heads(reading: Reading, cases: Collection[Case]) -> Mapping[int, ShownHead]:
    """Return how a list shows these cases.

    In lists only who works on a case sees what is personal: what somebody asked to see
    stands on the pages of that case alone.
    """
    known = worked_on(reading, [case.id for case in cases])
    reading.meet_deployments(case.deployment_id for case in cases)
    away = [
        case
        for case in cases
        if case.id not in known and _marks(reading, case.deployment_id, case.erased_at)
    ]
    chosen = select(MaskedHead).where(MaskedHead.case_id.in_([each.id for each in away]))
    kept = {row.case_id: row for row in reading.session.scalars(chosen)} if away else {}
    shown = {case.id: ShownHead(case.title, case.customer) for case in cases}
    bare = {case.id: case.deployment_id for case in away if case.id not in kept}
    veils = veils_of(reading, bare)
    for case in away:
        row = kept.get(case.id)
        if row is not None:
            shown[case.id] = ShownHead(row.title, row.customer)
        else:
            veil = veils[case.id]
            customer = None if case.customer is None else veil.text(case.customer)
            shown[case.id] = ShownHead(veil.text(case.title), customer)
    return shown


def shown_titles(reading: Reading, case_ids: Sequence[int]) -> dict[int, str]:
    """Return the titles of these cases as a list shows them."""
    known, shown = worked_on(reading, case_ids), {}
    bare: dict[int, int] = {}
    rows = reading.session.execute(
        select(Case.id, Case.title, Case.deployment_id, Case.erased_at, MaskedHead.title)
        .outerjoin(MaskedHead, MaskedHead.case_id == Case.id)
        .where(Case.id.in_(case_ids))
    )
    for case_id, title, deployment_id, erased_at, masked in rows:
        shown[case_id] = title
        if case_id not in known and erased_at is None:
            if masked is None:
                bare[case_id] = deployment_id
            shown[case_id] = masked or title
    veils = veils_of(reading, bare)
    return shown | {case_id: veil.text(shown[case_id]) for case_id, veil in veils.items()}


def without_guesses(
    reading: Reading, case_ids: Sequence[int], phrases: Sequence[Sequence[str]]
) -> list[int]:
    """Return those of the cases, which have *phrases*, that the person may find by them.

    Whoever does not work on a case finds it by what they see of it: no search tells them
    whether what they guessed is what is masked.
    """
    known = worked_on(reading, case_ids)
    away = [case_id for case_id in case_ids if case_id not in known]
    if not away:
        return list(case_ids)
    rows = reading.execute(_SEEN_WORDS, {"of_cases": away}).all()
    reading.meet_deployments({row.deployment_id for row in rows})
    for row in rows:
        is_marked = _marks(reading, row.deployment_id, row.erased_at)
        if not is_marked or (row.kept is not None and row.words is None):
            known.add(row.id)  # Nothing of what it was found by is masked.
        elif _has_all(f"{words_of(row.number)} {row.words or ''}", phrases):
            known.add(row.id)
    return [case_id for case_id in case_ids if case_id in known]


def _deployments(reading: Reading, case_ids: Collection[int]) -> Mapping[int, int]:
    """Return the deployment of each of these cases."""
    if not case_ids:
        return {}
    chosen = select(Case.id, Case.deployment_id).where(Case.id.in_(case_ids))
    return dict(reading.session.execute(chosen).all())


def _marks(reading: Reading, deployment_id: int, erased_at: datetime | None) -> bool:
    """Tell whether the policy of a case marks anything as personal, still to be erased."""
    return erased_at is None and bool(reading.loaded(deployment_id).settings.personal)


def _has_all(words: str, phrases: Sequence[Sequence[str]]) -> bool:
    spaced = f" {words} "
    return all(_run(phrase) in spaced for phrase in phrases)


def _run(phrase: Sequence[str]) -> str:
    """Return how *phrase* is written between words; its last word may go on."""
    return f" {' '.join(phrase)}" + ("" if is_tail(phrase[-1]) else " ")
