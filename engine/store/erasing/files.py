"""Forgets the files of a case, and finds contents that nobody needs any more."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select, update

from engine.store.models import Case, Document
from engine.store.reading import Reading
from engine.store.transaction import Transaction


def forget_documents(tx: Transaction, case_id: int) -> Sequence[str]:
    """Leave that there were files, without their names; return their digests."""
    mine = Document.case_id == case_id
    digests = tx.session.scalars(
        select(Document.digest).where(mine).distinct().order_by(Document.digest)
    ).all()
    tx.session.execute(update(Document).where(mine).values(name=""))
    return digests


def unneeded_files(reading: Reading, digests: Iterable[str]) -> Sequence[str]:
    """Return those of the contents that belong to nothing but erased cases."""
    wanted = sorted(set(digests))
    needed = set(
        reading.session.scalars(
            select(Document.digest)
            .outerjoin(Case, Case.id == Document.case_id)
            .where(
                Document.digest.in_(wanted),
                or_(Document.case_id.is_(None), Case.erased_at.is_(None)),
            )
        )
    )
    return [digest for digest in wanted if digest not in needed]
