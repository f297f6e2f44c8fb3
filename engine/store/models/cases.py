"""Tables of cases: where each stands, what was entered, and who may not see it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.model import Json, Variables
from engine.store.models.columns import Base, Digest, JsonText, Key, PackedText
from engine.store.models.policies import Deployment


class Case(Base):
    """One complaint on its way; it runs on exactly one deployment."""

    __tablename__ = "cases"
    __table_args__ = (
        Index(None, "state", "id"),
        Index(None, "policy_key", "id"),
        Index(None, "unit", "id"),
        Index(None, "started_by", "id"),
        Index(
            "ix_cases_confidential",
            "id",
            sqlite_where=text("confidential"),
            postgresql_where=text("confidential"),
        ),
        Index(
            "ix_cases_demo", "id", sqlite_where=text("demo"), postgresql_where=text("demo")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Key] = mapped_column(unique=True)
    policy_key: Mapped[Key] = mapped_column(ForeignKey("policy.key"))
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id"), index=True)
    process_id: Mapped[Key]
    state: Mapped[Key]  #: open, closed or cancelled.
    title: Mapped[str]
    customer: Mapped[str | None]
    unit: Mapped[Key | None]  #: The unit it belongs to.
    started_at: Mapped[datetime]
    started_by: Mapped[Key]
    started_unit: Mapped[Key | None]  #: The unit in which the starter held the role.
    updated_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    end_events: Mapped[list[str]] = mapped_column(JsonText, default=list)
    reason: Mapped[str | None]  #: Why it was cancelled.
    opened_from: Mapped[Key | None]  #: The number of the case that opened it.
    entry_digest: Mapped[Digest | None]  #: Of what its ledger entry comes from.
    #: The deployment by whose ledger its entry is kept; None: its own.
    ledger_by: Mapped[int | None]
    confidential: Mapped[bool] = mapped_column(default=False, server_default=false())
    spokesperson: Mapped[Key | None]  #: Who alone tells people outside, while it is so.
    erased_at: Mapped[datetime | None]  #: When its personal data was erased.
    #: Whether it is made up, for a demonstration; it is so from its first day to its last.
    demo: Mapped[bool] = mapped_column(default=False, server_default=false())
    rev: Mapped[int] = mapped_column()  #: Counts changes; a stale writer is refused.
    deployment: Mapped[Deployment] = relationship()

    __mapper_args__ = {"version_id_col": rev}  # noqa: RUF012 - SQLAlchemy declares it so.


class SavedExecution(Base):
    """Where the processes of a case stand, its variables, and the flows it took."""

    __tablename__ = "execution"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    state: Mapped[str] = mapped_column(PackedText)
    variables: Mapped[str] = mapped_column(PackedText)  #: JSON, as `engine.bpmn` saved it.
    #: JSON: how often each sequence flow was taken, by process and by its id.
    flows: Mapped[str] = mapped_column(PackedText)
    #: The task whose completion came last, while it can be taken back; and where the case
    #: stood before it.
    undo_task: Mapped[int | None]
    undo_state: Mapped[str | None] = mapped_column(PackedText)
    undo_variables: Mapped[str | None] = mapped_column(PackedText)
    undo_flows: Mapped[str | None] = mapped_column(PackedText)


class CaseText(Base):
    """The words by which a case is found, spaced for the full-text index."""

    __tablename__ = "case_text"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    words: Mapped[str] = mapped_column(Text)


class NumberSeries(Base):
    """The last case number given in a policy's period."""

    __tablename__ = "number_series"

    policy_key: Mapped[Key] = mapped_column(primary_key=True)
    period: Mapped[Key] = mapped_column(primary_key=True)
    last: Mapped[int]


class Exclusion(Base):
    """A person who may neither see nor touch a case."""

    __tablename__ = "exclusion"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    login: Mapped[Key] = mapped_column(primary_key=True, index=True)


class Circle(Base):
    """A role whose people see a case while it is confidential."""

    __tablename__ = "circle"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    role: Mapped[Key] = mapped_column(primary_key=True, index=True)


class Submission(Base):
    """The values that somebody entered; the journal refers to it by id and digest."""

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    command: Mapped[Key]
    form_id: Mapped[Key | None]
    at: Mapped[datetime]
    by: Mapped[Key]
    salt: Mapped[str]  #: Keeps short values from being guessed by their digest.
    values: Mapped[Variables | None] = mapped_column(JsonText)
    digest: Mapped[Digest]
    erased_at: Mapped[datetime | None]


class Document(Base):
    """A file of a case; its content lies in the file store by digest."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    name: Mapped[str]
    media_type: Mapped[Key]
    size: Mapped[int]
    digest: Mapped[Digest] = mapped_column(index=True)
    at: Mapped[datetime]
    by: Mapped[Key]


class Comment(Base):
    """A remark that somebody made on a case."""

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    at: Mapped[datetime]
    by: Mapped[Key]
    text: Mapped[str] = mapped_column(Text)


class Draft(Base):
    """A half-filled form of one person, for a task or for the start of a process."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("login", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[Key]
    place: Mapped[Key]  #: ``task:17`` or ``start:product-quality/complaint``.
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    fields: Mapped[Json] = mapped_column(JsonText)  #: As typed, valid or not.
    at: Mapped[datetime]
