"""Tables of tasks and of who may do them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.model import Json
from engine.store.models.cases import Case
from engine.store.models.columns import Base, JsonText, Key

_OPEN = text("state = 'open'")
_NAMED = text("login IS NOT NULL")


class Task(Base):
    """Work that waits for a person, or did."""

    __tablename__ = "task"
    __table_args__ = (
        Index(
            "ix_task_mine",
            "assignee",
            "urgency",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_task_overdue", "urgency", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(None, "assignee", "case_id"),
        Index(None, "case_id", "token"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    token: Mapped[Key]
    #: Tokens of calls and sub-processes around it, and of the bodies of what is done
    #: several times, outermost first; None of tasks that opened before this was noted.
    around: Mapped[list[str] | None] = mapped_column(JsonText)
    process_id: Mapped[Key]
    element_id: Mapped[Key]
    name: Mapped[str]
    lane: Mapped[str | None]
    state: Mapped[Key]  #: open, completed or cancelled.
    assignee: Mapped[Key | None]  #: The login of whose it is.
    due: Mapped[datetime | None]
    warn: Mapped[datetime | None]
    follow_up: Mapped[datetime | None]
    priority: Mapped[int] = mapped_column(default=50)
    urgency: Mapped[int] = mapped_column(BigInteger)  #: As `store.urgency` reckons it.
    form_id: Mapped[Key | None]
    properties: Mapped[Mapping[str, str]] = mapped_column(JsonText)
    clauses: Mapped[list[str]] = mapped_column(JsonText)
    #: Whom the diagram names: assignee, groups, users; `candidates` follows from it.
    wanted: Mapped[Json] = mapped_column(JsonText, nullable=False)
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    completed_by: Mapped[Key | None]
    case: Mapped[Case] = relationship()
    candidates: Mapped[list["TaskCandidate"]] = relationship(
        order_by="TaskCandidate.id", cascade="all, delete-orphan"
    )


class TaskCandidate(Base):
    """Who may do a task: a role, perhaps within a unit, or one person by login.

    What lists are found and ordered by is repeated here; a trigger on the task keeps
    `waits` as it is.
    """

    __tablename__ = "task_candidate"
    __table_args__ = (
        *(
            Index(
                name,
                *columns,
                sqlite_where=text("waits = 1"),
                postgresql_where=text("waits"),
            )
            for name, *columns in (
                ("ix_offer_in_unit", "role", "unit", "urgency"),
                ("ix_offer_to_role", "role", "urgency"),
                ("ix_offer_to_person", "login", "urgency"),
            )
        ),
        Index(None, "role", "unit", "case_id"),
        Index(None, "role", "case_id"),
        Index(None, "login", "case_id", sqlite_where=_NAMED, postgresql_where=_NAMED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    role: Mapped[Key | None]
    unit: Mapped[Key | None]  #: None: whoever holds the role, in whatever unit.
    login: Mapped[Key | None]
    case_id: Mapped[int]  #: That of the task.
    urgency: Mapped[int] = mapped_column(BigInteger)  #: That of the task.
    waits: Mapped[bool]  #: Whether the task is open and nobody's.
