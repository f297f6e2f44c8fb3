"""What is erased of a case with its personal data, for who is about to do it."""

from dataclasses import dataclass

from sqlalchemy import func, select

from engine.queries.casefile import UNVEILED, CaseHead, case_head
from engine.queries.masking import veil_over
from engine.queries.related import RelatedCase, related_cases
from engine.queries.visibility import visible_case
from engine.store.erasing import refuse_unless_erasable
from engine.store.models import (
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


@dataclass(frozen=True, slots=True)
class ErasureView:
    """How much of each kind there is to be erased."""

    head: CaseHead
    entered: int  #: Forms that were filled in.
    documents: int
    letters: int
    remarks: int  #: Remarks, reasons, questions and opinions.
    messages: int
    related: tuple[RelatedCase, ...]  #: Those keep what is theirs.


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

        view = ErasureView(
            head=case_head(reading, case),
            entered=count(Submission),
            documents=count(Document),
            letters=count(CustomerLetter, Notice),
            remarks=count(Comment, Routed, Opinion),
            messages=count(Message),
            related=related_cases(reading, case),
        )
        return veil_over(reading, case).over(view, but=UNVEILED)


def _count(reading: Reading, table: type[Base], case_id: int) -> int:
    rows = table.__table__
    counted = select(func.count()).select_from(rows).where(rows.c.case_id == case_id)
    return reading.session.scalar(counted) or 0
