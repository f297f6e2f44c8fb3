"""Tables of tasks and of who may do them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.model import Json
from engine.store.models.cases import Case
from engine.store.models.columns import Base, JsonText, Key


class Task(Base):
    """Work that waits for a person, or did."""

    __tablename__ = "task"
    __table_args__ = (
        Index(None, "state", "due"),
        Index(None, "assignee", "state"),
        Index(None, "case_id", "token"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    token: Mapped[Key]
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
    """Who may do a task: a role, perhaps within a unit, or one person by login."""

    __tablename__ = "task_candidate"
    __table_args__ = (Index(None, "role", "unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    role: Mapped[Key | None]
    unit: Mapped[Key | None]  #: None: whoever holds the role, in whatever unit.
    login: Mapped[Key | None] = mapped_column(index=True)
