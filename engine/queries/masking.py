"""Shows what is personal to who works on a case, and masks it for who looks on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine.masking import NO_VEIL, Veil
from engine.store.models import Case, CaseText, MaskedHead
from engine.store.onlookers import is_masked, veil_of, veils_of, worked_on
from engine.store.reading import Reading
from engine.store.words import is_tail, words_of


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
    away = [case for case in cases if case.id not in known and _marks(reading, case)]
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
    """Return the cases that the person may find by *phrases*.

    Whoever does not work on a case finds it by what they see of it: no search tells them
    whether what they guessed is what is masked.
    """
    known = worked_on(reading, case_ids)
    away = [case_id for case_id in case_ids if case_id not in known]
    if not away:
        return list(case_ids)
    rows = reading.session.execute(
        select(Case, CaseText.words, MaskedHead.case_id, MaskedHead.words)
        .outerjoin(CaseText, CaseText.case_id == Case.id)
        .outerjoin(MaskedHead, MaskedHead.case_id == Case.id)
        .where(Case.id.in_(away))
    )
    found = rows.all()
    reading.meet_deployments(case.deployment_id for case, *_ in found)
    for case, plain, kept, masked in found:
        if not _marks(reading, case) or (kept is not None and masked is None):
            words = plain or ""
        else:
            words = f"{words_of(case.number)} {masked or ''}"
        if _has_all(words, phrases):
            known.add(case.id)
    return [case_id for case_id in case_ids if case_id in known]


def _deployments(reading: Reading, case_ids: Collection[int]) -> Mapping[int, int]:
    """Return the deployment of each of these cases."""
    if not case_ids:
        return {}
    chosen = select(Case.id, Case.deployment_id).where(Case.id.in_(case_ids))
    return dict(reading.session.execute(chosen).all())


def _marks(reading: Reading, case: Case) -> bool:
    """Tell whether the policy of *case* marks anything as personal, still to be erased."""
    if case.erased_at is not None:
        return False
    return bool(reading.loaded(case.deployment_id).settings.personal)


def _has_all(words: str, phrases: Sequence[Sequence[str]]) -> bool:
    spaced = f" {words} "
    return all(_run(phrase) in spaced for phrase in phrases)


def _run(phrase: Sequence[str]) -> str:
    """Return how *phrase* is written between words; its last word may go on."""
    return f" {' '.join(phrase)}" + ("" if is_tail(phrase[-1]) else " ")
