"""The table of signatures: who signed what was entered at a task."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.models.columns import Base, Digest, JsonText, Key


class Signature(Base):
    """What somebody signed with their password when they completed a task.

    The row repeats what was signed, so that its digest can be reckoned again by an
    auditor, whatever becomes of the rows that it speaks of.
    """

    __tablename__ = "signature"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    case_number: Mapped[Key]
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), unique=True)
    element_id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    form_id: Mapped[Key | None]
    login: Mapped[Key]
    name: Mapped[str]  #: As the person was called then.
    at: Mapped[datetime]
    submission_digest: Mapped[Digest]
    documents: Mapped[list[str]] = mapped_column(JsonText)  #: Digests of their contents.
    digest: Mapped[Digest]  #: Of all of that, as `engine.store.signatures` says.
