"""Tables of what happened in a case: activities, decisions, incidents."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.model import Json, Sentence
from engine.store.models.cases import Case
from engine.store.models.columns import Base, JsonText, Key, PackedMoment

_ACTIVE = text("state = 'active'")


class Activity(Base):
    """An element that a token entered, and when and how it left."""

    __tablename__ = "activity"
    __table_args__ = (
        Index(None, "case_id"),
        # Where the tokens of a case are: few rows of many.
        Index(
            "ix_activity_here",
            "case_id",
            "token",
            sqlite_where=_ACTIVE,
            postgresql_where=_ACTIVE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    token: Mapped[Key]
    process_id: Mapped[Key]
    element_id: Mapped[Key]
    kind: Mapped[Key]
    name: Mapped[str | None]
    path: Mapped[list[str]] = mapped_column(JsonText)  #: Call activities on the way to it.
    state: Mapped[Key]  #: active, left, cancelled, returned or withdrawn.
    entered_at: Mapped[datetime] = mapped_column(PackedMoment)
    left_at: Mapped[datetime | None] = mapped_column(PackedMoment)
    by: Mapped[Key | None]  #: Whose command made it leave.


class DecisionTaken(Base):
    """A decision, with the rules that hit in every table it asked."""

    __tablename__ = "decision_taken"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    token: Mapped[Key]
    process_id: Mapped[Key]
    element_id: Mapped[Key]
    decision_id: Mapped[Key]
    value: Mapped[Json] = mapped_column(JsonText, nullable=True)
    #: Of each its decision_id, name, file, hit_policy, inputs and rules
    #: (index, rule_id, annotations, outputs).
    tables: Mapped[list[Json]] = mapped_column(JsonText)
    at: Mapped[datetime]


class Incident(Base):
    """A place where a case cannot go on by itself, and why."""

    __tablename__ = "incident"
    __table_args__ = (Index(None, "state", "opened_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    token: Mapped[Key | None]
    process_id: Mapped[Key | None]
    element_id: Mapped[Key | None]
    kind: Mapped[Key]  #: As `engine.bpmn` names it, or ``job`` or ``routing``.
    sentence: Mapped[Sentence]
    state: Mapped[Key]  #: open or resolved.
    opened_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[Key | None]
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    case: Mapped[Case | None] = relationship()
