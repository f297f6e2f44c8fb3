"""The table of months whose figures are closed."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from engine.model import Json
from engine.store.models.columns import Base, Digest, JsonText, Key, PackedText


class ClosedMonth(Base):
    """A month of a ledger as it was when it was closed; it is never changed."""

    __tablename__ = "closed_month"

    policy_key: Mapped[Key] = mapped_column(ForeignKey("policy.key"), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)  #: ``2026-03``.
    closed_at: Mapped[datetime]
    closed_by: Mapped[Key]
    figures: Mapped[Json] = mapped_column(JsonText)  #: By kind of report, and by name.
    rows: Mapped[str] = mapped_column(PackedText)  #: JSON: the lines and steps counted.
    #: Whether it counts demo cases; any other counts none.
    demo: Mapped[bool] = mapped_column(default=False, server_default=false())
    digest: Mapped[Digest]  #: Of the figures and rows; the journal knows it too.
