"""The table of what people see of a case in lists who do not work on it."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.models.columns import Base


class MaskedHead(Base):
    """The head of a case with what is personal in it masked, and the words left of it.

    A case of a policy that marks nothing as personal has none.
    """

    __tablename__ = "masked_head"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    title: Mapped[str]
    customer: Mapped[str | None]
    #: By which who does not work on it finds it; null: all words of the case.
    words: Mapped[str | None] = mapped_column(Text)
