"""Letters and reminders written to a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, func, select

from engine.masking import NO_VEIL, Veil
from engine.model import Actor, Sentence
from engine.queries.showing.listing import PAGE, Page, page_of
from engine.queries.showing.masking import veils_over
from engine.store.models import Case, Notice
from engine.store.reading import Reading
from engine.store.visibility import open_to


@dataclass(frozen=True, slots=True)
class ReceivedNotice:
    """One letter or reminder."""

    id: int
    kind: str
    title: str | None
    body: str | None  #: Markdown.
    sentence: Sentence | None
    case_id: int | None
    case_number: str | None
    task_id: int | None
    at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class Notices:
    """What was written to the asking person, the newest first."""

    page: int = 1
    size: int = PAGE

    def answer(self, reading: Reading) -> Page[ReceivedNotice]:
        """Return a page of it."""
        rows = (
            select(Notice)
            .where(*_to(reading.actor))
            .order_by(Notice.at.desc(), Notice.id.desc())
        )
        return page_of(
            reading, rows, self.page, lambda some: _lines(some, reading), size=self.size
        )


@dataclass(frozen=True, slots=True)
class UnreadCount:
    """How much the asking person has not read yet."""

    once: ClassVar[bool] = True

    def answer(self, reading: Reading) -> int:
        """Return the number."""
        unread = select(func.count()).where(*_to(reading.actor), Notice.read_at.is_(None))
        return reading.session.scalar(unread) or 0


def _to(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of notices to the person, of cases that they may know of."""
    return Notice.login == actor.login, open_to(actor, Notice.case_id)


def _lines(notices: Sequence[Notice], reading: Reading) -> Sequence[ReceivedNotice]:
    ids = {notice.case_id for notice in notices if notice.case_id}
    found = reading.session.execute(select(Case.id, Case.number).where(Case.id.in_(ids)))
    numbers = dict(found.all())
    veils = veils_over(reading, ids)

    def veil(notice: Notice) -> Veil:
        return NO_VEIL if notice.case_id is None else veils[notice.case_id]

    return [
        ReceivedNotice(
            id=notice.id,
            kind=notice.kind,
            title=veil(notice).over(notice.title),
            body=veil(notice).over(notice.body),
            sentence=veil(notice).over(notice.sentence),
            case_id=notice.case_id,
            case_number=numbers.get(notice.case_id or 0),
            task_id=notice.task_id,
            at=notice.at,
            is_read=notice.read_at is not None,
        )
        for notice in notices
    ]
