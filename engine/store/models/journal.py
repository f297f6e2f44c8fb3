"""Tables of the journal: every accepted command, in chains that show any change."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.model import Json
from engine.store.models.columns import Base, Digest, JsonText, Key


class JournalLine(Base):
    """One accepted command. Triggers refuse to change or delete it."""

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("stream", "position"),)

    seq: Mapped[int] = mapped_column(primary_key=True)
    stream: Mapped[Key]  #: ``case:12``, or what a line without a case belongs to.
    position: Mapped[int]  #: 1, 2, 3… within the stream, without gaps.
    at: Mapped[datetime]
    actor: Mapped[Key]
    command: Mapped[Key]
    body: Mapped[str] = mapped_column(Text)  #: Canonical JSON; personal data by reference.
    result: Mapped[str | None] = mapped_column(Text)  #: JSON, for the same id given again.
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    command_id: Mapped[str] = mapped_column(unique=True)
    prev_digest: Mapped[str]  #: Empty in the first line of a stream.
    digest: Mapped[Digest]


class Chain(Base):
    """The head of one stream of the journal, locked by whoever appends to it."""

    __tablename__ = "chain"

    stream: Mapped[Key] = mapped_column(primary_key=True)
    position: Mapped[int]
    digest: Mapped[str]
    sealed: Mapped[int] = mapped_column(default=0)  #: Position at the last checkpoint.


class Checkpoint(Base):
    """A signature over the heads of all chains that grew since the one before."""

    __tablename__ = "checkpoint"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    heads: Mapped[str] = mapped_column(Text)  #: JSON: stream to [position, digest].
    digest: Mapped[Digest]
    prev_digest: Mapped[str]
    signature: Mapped[bytes] = mapped_column(LargeBinary)  #: Ed25519 over the digest.
    public_key: Mapped[bytes] = mapped_column(LargeBinary)


class Setting(Base):
    """A setting of the installation that is kept with its data."""

    __tablename__ = "setting"

    name: Mapped[Key] = mapped_column(primary_key=True)
    value: Mapped[Json] = mapped_column(JsonText)
