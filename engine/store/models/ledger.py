"""Tables of the ledger: one row a case, and the cases that came out of other cases."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model import Json, Variables
from engine.store.models.columns import Base, JsonText, Key


class LedgerEntry(Base):
    """What the ledger says of a case; derived from its variables, and kept in step."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        Index(None, "policy_key", "opened_on"),
        Index(None, "policy_key", "unit", "opened_on"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    policy_key: Mapped[Key] = mapped_column(ForeignKey("policy.key"))
    process_id: Mapped[Key]
    opened_at: Mapped[datetime]
    opened_on: Mapped[date]  #: In the policy's time zone, as are the others.
    month: Mapped[str] = mapped_column(String(7))  #: That it was opened in: ``2026-03``.
    closed_at: Mapped[datetime | None]
    closed_on: Mapped[date | None]
    state: Mapped[Key]  #: open, closed or cancelled.
    #: The key of the responsible unit, where the statistics name a column for it.
    unit: Mapped[Key | None]
    values: Mapped[Variables] = mapped_column(JsonText)  #: By the id of the column.
    #: What the statistics count: `solved-once`, `satisfaction`, `reopened`; null for none.
    measures: Mapped[dict[str, Json]] = mapped_column(JsonText)


class CaseLink(Base):
    """That a case was opened by another one."""

    __tablename__ = "case_link"

    to_case: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    from_case: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    relation: Mapped[str | None]  #: Why, in a word of the policy.
    generation: Mapped[int]  #: How many cases in a row were opened by one another.
    at: Mapped[datetime]
