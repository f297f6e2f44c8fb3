"""Tables of what people did with tasks by hand, and of opinions that were asked for."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.models.columns import Base, Key


class Routed(Base):
    """That somebody returned, withdrew, handed on, copied or urged a task."""

    __tablename__ = "routed"
    __table_args__ = (Index(None, "task_id", "verb", "by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    verb: Mapped[Key]  #: As policy.toml calls it.
    by: Mapped[Key]
    at: Mapped[datetime]
    receiver: Mapped[Key | None]  #: The login of who got it.
    #: The task that waits instead, where one was returned.
    target_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    reason: Mapped[str] = mapped_column(Text)


class Opinion(Base):
    """A question that who holds a task put to somebody, and the answer."""

    __tablename__ = "opinion"
    __table_args__ = (Index(None, "asked", "state"), Index(None, "task_id", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    by: Mapped[Key]
    at: Mapped[datetime]
    asked: Mapped[Key]  #: The login of who is to answer.
    question: Mapped[str] = mapped_column(Text)
    holds: Mapped[bool]  #: Whether the task cannot be completed before the answer.
    state: Mapped[Key]  #: open, given or dropped.
    text: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None]
