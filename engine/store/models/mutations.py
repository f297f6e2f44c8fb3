"""Table of the runs that try which changes of a deployment its scenarios notice."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.model import Json, Sentence
from engine.store.models.columns import Base, JsonText, Key


class MutationRun(Base):
    """One run over all mutations of a deployment."""

    __tablename__ = "mutation_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id"), index=True)
    begun_at: Mapped[datetime]
    begun_by: Mapped[Key]
    moved_at: Mapped[datetime]  #: When it last said how far it is.
    ended_at: Mapped[datetime | None]
    total: Mapped[int]  #: 0 until they are counted.
    done: Mapped[int]
    refused: Mapped[int]  #: Of those done: what cannot be deployed at all.
    #: Of those done: what no scenario noticed; kind, file, element and what.
    unguarded: Mapped[list[Json]] = mapped_column(JsonText)
    trouble: Mapped[Sentence | None]  #: Why it ended before the end.
