"""What is erased of a case with its personal data, for who is about to do it."""

from dataclasses import dataclass, replace

from sqlalchemy import func, select

from engine.model import Rejected, Sentence
from engine.queries.cases.file import UNVEILED, CaseHead, case_head
from engine.queries.showing.masking import shown_titles, veil_over
from engine.queries.showing.visibility import visible_case
from engine.store.erasing import family_of, refuse_unless_erasable
from engine.store.models import (
    Case,
    Comment,
    CustomerLetter,
    Document,
    Message,
    Notice,
    Opinion,
    Routed,
    Submission,
)
from engine.store.models.columns import Base
from engine.store.reading import Reading
from engine.store.visibility import may_see

_UNSEEN = Sentence("You must not see this case.")


@dataclass(frozen=True, slots=True)
class Relative:
    """A case that came out of this one, or it out of that, with a copy of what was told."""

    number: str
    id: int | None  #: None where the person may not see it.
    title: str | None
    hindrance: Sentence | None  #: Why it is not erased together with this one.


@dataclass(frozen=True, slots=True)
class ErasureView:
    """How much of each kind there is to be erased."""

    head: CaseHead
    entered: int  #: Forms that were filled in.
    documents: int
    letters: int
    remarks: int  #: Remarks, reasons, questions and opinions.
    messages: int
    related: tuple[Relative, ...]  #: However many cases lie between.


@dataclass(frozen=True, slots=True)
class Erasure:
    """What erasing the personal data of a case would take away."""

    case_id: int

    def answer(self, reading: Reading) -> ErasureView:
        """Return it.

        Raises:
            NotFound: If there is no such case.
            NotAllowed: If the person must not see the case, or must not erase it.
            InvalidState: If it is open, or was erased before.
        """
        case = visible_case(reading, self.case_id)
        refuse_unless_erasable(reading.actor, reading.loaded(case.deployment_id), case)

        def count(*tables: type[Base]) -> int:
            return sum(_count(reading, table, case.id) for table in tables)

        relatives = _relatives(reading, case)
        view = ErasureView(
            head=case_head(reading, case),
            entered=count(Submission),
            documents=count(Document),
            letters=count(CustomerLetter, Notice),
            remarks=count(Comment, Routed, Opinion),
            messages=count(Message),
            related=(),
        )
        veiled = veil_over(reading, case).over(view, but=UNVEILED)
        return replace(veiled, related=relatives)


def _relatives(reading: Reading, case: Case) -> tuple[Relative, ...]:
    wanted = family_of(reading, case.id)
    if not wanted:
        return ()
    chosen = select(Case).where(Case.id.in_(wanted)).order_by(Case.id)
    cases = reading.session.scalars(chosen).all()
    seen = set(
        reading.session.scalars(
            select(Case.id).where(Case.id.in_(wanted), may_see(reading.actor))
        )
    )
    titles = shown_titles(reading, sorted(seen))
    reading.meet_deployments(each.deployment_id for each in cases)
    return tuple(
        Relative(each.number, each.id, titles[each.id], _hindrance(reading, each))
        if each.id in seen
        else Relative(each.number, None, None, _UNSEEN)
        for each in cases
    )


def _hindrance(reading: Reading, case: Case) -> Sentence | None:
    try:
        refuse_unless_erasable(reading.actor, reading.loaded(case.deployment_id), case)
    except Rejected as refusal:
        return refusal.sentence
    return None


def _count(reading: Reading, table: type[Base], case_id: int) -> int:
    rows = table.__table__
    counted = select(func.count()).select_from(rows).where(rows.c.case_id == case_id)
    return reading.session.scalar(counted) or 0
