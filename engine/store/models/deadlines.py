"""Tables of deadlines: what was asked for and granted, and which were broken."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.models.columns import Base, Key

_OPEN = text("state = 'open'")


class Extension(Base):
    """A request for more time for a task, and what came of it."""

    __tablename__ = "extension"
    __table_args__ = (
        Index(
            "uq_extension_open",
            "task_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(None, "state", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    token: Mapped[Key]  #: That of the task: with it the request lapses.
    state: Mapped[Key]  #: open, granted, refused or lapsed.
    by: Mapped[Key]
    at: Mapped[datetime]
    due: Mapped[datetime]  #: When the task was due as it was asked.
    until: Mapped[datetime]  #: What is asked for; once granted, what was granted.
    reason: Mapped[str] = mapped_column(Text)
    role: Mapped[Key]  #: Whoever holds it decides.
    unit: Mapped[Key | None]  #: Within this unit; None: in whatever unit.
    ended_at: Mapped[datetime | None]
    decided_by: Mapped[Key | None]
    remark: Mapped[str | None] = mapped_column(Text)


class Breach(Base):
    """A deadline that was broken: who was responsible then, and by how much in the end."""

    __tablename__ = "breach"
    __table_args__ = (
        UniqueConstraint("task_id", "due"),
        Index(None, "policy_key", "due"),
        Index(None, "person", "due"),
        Index(None, "case_id", "token"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    policy_key: Mapped[Key] = mapped_column(ForeignKey("policy.key"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    token: Mapped[Key]  #: That of the task: with it the lateness ends.
    due: Mapped[datetime]
    month: Mapped[str] = mapped_column(String(7))  #: ``2026-03``, where the policy lives.
    at: Mapped[datetime]  #: When it was written down.
    person: Mapped[Key | None]  #: The login of whose task it was; None: nobody had it.
    role: Mapped[Key | None]  #: To which it was offered.
    unit: Mapped[Key | None]  #: Within which, or else that of the case.
    ended_at: Mapped[datetime | None]
    outcome: Mapped[Key | None]  #: completed, cancelled or extended; None: still late.
    late_minutes: Mapped[int | None]  #: Working minutes, once it has ended.
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[Key | None]
    remark: Mapped[str | None] = mapped_column(Text)


class BreachLeader(Base):
    """A role whose people look at a broken deadline, perhaps within a unit."""

    __tablename__ = "breach_leader"

    breach_id: Mapped[int] = mapped_column(ForeignKey("breach.id"), primary_key=True)
    role: Mapped[Key] = mapped_column(primary_key=True, index=True)
    unit: Mapped[Key | None]  #: None: in whatever unit.
