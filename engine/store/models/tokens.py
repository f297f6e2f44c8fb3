"""Table of the tokens by which other systems act for a person."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.store.models.columns import Base, Digest, JsonText, Key
from engine.store.models.people import Person


class ApiToken(Base):
    """A key of another system; only its digest is kept."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[Key]  #: What uses it, in the words of who made it.
    scopes: Mapped[list[str]] = mapped_column(JsonText)
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    created_by: Mapped[Key]
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()
