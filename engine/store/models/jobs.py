"""Tables of what the machine owes and of what passes between it and the world."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.model import Json, Sentence
from engine.store.models.cases import Case
from engine.store.models.columns import Base, JsonText, Key

_OWED = text("state IN ('waiting', 'running')")


class Job(Base):
    """Work that the machine owes: the truth, whatever queue announces it."""

    __tablename__ = "job"
    __table_args__ = (
        Index(None, "state", "due_at"),
        Index(None, "case_id", "token"),
        # The same work is owed once at a time.
        Index("uq_job_key", "key", unique=True, sqlite_where=_OWED, postgresql_where=_OWED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: timer, signal, work, reminder, overdue, schedule, email, chat, expire or checkpoint.
    kind: Mapped[Key]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    token: Mapped[Key | None]
    key: Mapped[str]  #: Names the work; ``timer:12:a3``, ``schedule:policy:process:event``.
    due_at: Mapped[datetime]
    state: Mapped[Key]  #: waiting, running, done, failed or cancelled.
    attempts: Mapped[int] = mapped_column(default=0)
    attempts_allowed: Mapped[int] = mapped_column(default=3)
    locked_until: Mapped[datetime | None]
    last_error: Mapped[Sentence | None]
    payload: Mapped[Json] = mapped_column(JsonText)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    case: Mapped[Case | None] = relationship()


class Subscription(Base):
    """A case that waits for a message, or a process that a message starts."""

    __tablename__ = "subscription"
    __table_args__ = (Index(None, "name", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    policy_key: Mapped[Key] = mapped_column(ForeignKey("policy.key"))
    token: Mapped[Key | None]  #: None where the message starts a case.
    process_id: Mapped[Key]
    element_id: Mapped[Key]
    kind: Mapped[Key]  #: message or signal.
    name: Mapped[Key]
    key: Mapped[str | None]
    created_at: Mapped[datetime]


class Message(Base):
    """Something from outside that a case waits for, waited for or will wait for."""

    __tablename__ = "message"
    __table_args__ = (Index(None, "state", "name", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Key]
    key: Mapped[str | None]
    payload: Mapped[Json] = mapped_column(JsonText)
    received_at: Mapped[datetime]
    received_from: Mapped[Key]
    expires_at: Mapped[datetime]
    state: Mapped[Key]  #: kept, correlated or expired.
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    correlated_at: Mapped[datetime | None]


class Notice(Base):
    """A letter or reminder to a person, shown in the web pages until read."""

    __tablename__ = "notice"
    __table_args__ = (Index(None, "login", "read_at"), Index(None, "login", "case_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[Key]
    kind: Mapped[Key]  #: letter, reminder, overdue or routed.
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    letter: Mapped[Key | None]  #: The id of its letter in the policy.
    title: Mapped[str | None]  #: Of a letter, in the words of the policy.
    body: Mapped[str | None] = mapped_column(Text)  #: Markdown.
    sentence: Mapped[Sentence | None]  #: Of a reminder, said in the reader's language.
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Delivery(Base):
    """A message that leaves the house, and how far it got."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
    transport: Mapped[Key]  #: email or chat.
    address: Mapped[str]  #: Of a robot only the end of its token.
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)  #: Markdown.
    state: Mapped[Key]  #: waiting, sent, failed, or withheld as that of a demo case.
    at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    error: Mapped[Sentence | None]
    login: Mapped[Key | None]  #: Of the person it goes to; None for customers and groups.
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    robot_id: Mapped[int | None] = mapped_column(ForeignKey("chat_robot.id"))
