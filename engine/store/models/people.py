"""Tables of people: who they are, what roles they hold, how they log in."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.store.models.columns import Base, Digest, JsonText, Key


class Person(Base):
    """Somebody who may log in."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[Key] = mapped_column(unique=True)  #: In lower case.
    name: Mapped[str]
    email: Mapped[str | None]
    password_hash: Mapped[str | None]  #: None: may not log in with a password.
    rights: Mapped[list[str]] = mapped_column(JsonText)  #: admin, deploy, operate, audit.
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)  #: Served on loopback only.
    language: Mapped[str | None]
    created_at: Mapped[datetime]
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", order_by="Membership.id", cascade="all, delete-orphan"
    )


class Membership(Base):
    """A role that a person holds, within a unit where the role asks for one."""

    __tablename__ = "membership"
    __table_args__ = (Index(None, "role", "unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Key]
    unit: Mapped[Key | None] = mapped_column(ForeignKey("unit.key"))
    granted_at: Mapped[datetime]
    person: Mapped[Person] = relationship(back_populates="memberships")


class Unit(Base):
    """A department, region, branch, store or subcontractor."""

    __tablename__ = "unit"

    key: Mapped[Key] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[Key] = mapped_column(index=True)
    parent: Mapped[Key | None] = mapped_column(ForeignKey("unit.key"))
    active: Mapped[bool] = mapped_column(default=True)


class LoginSession(Base):
    """A browser that is logged in; ended on the server."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    address: Mapped[str]
    agent: Mapped[str]
    ended_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()


class LoginAttempt(Base):
    """A try to log in, counted for the account and for the address it came from."""

    __tablename__ = "login_attempt"
    __table_args__ = (Index(None, "login", "at"), Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    login: Mapped[Key]
    address: Mapped[Key]
    succeeded: Mapped[bool]
