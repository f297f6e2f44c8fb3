"""Tables of customers without a login: their links, letters, surveys and visits."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.models.columns import Base, Digest, Key


class TrackingLink(Base):
    """A link by which a customer follows a case; the token in it is nowhere kept."""

    __tablename__ = "tracking_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    salt: Mapped[str]  #: What the token is made of besides the installation's key.
    digest: Mapped[Digest] = mapped_column(unique=True)  #: Of the token.
    at: Mapped[datetime]
    by: Mapped[Key]
    ended_at: Mapped[datetime | None]  #: When a newer link took its place.


class CustomerLetter(Base):
    """A letter to the customer of a case, as it was written; the link is left out."""

    __tablename__ = "customer_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    letter: Mapped[Key]  #: The id of its letter in the policy.
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)  #: Markdown.
    #: The e-mail that carries it; None where it only stands on the customer's page.
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"))
    at: Mapped[datetime]


class SurveyAnswer(Base):
    """That the customer of a case answered its survey; once a case."""

    __tablename__ = "survey_answer"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    at: Mapped[datetime]


class PublicVisit(Base):
    """Something that a stranger did, counted for the address that it came from."""

    __tablename__ = "public_visit"
    __table_args__ = (Index(None, "deed", "address", "at"), Index(None, "deed", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    deed: Mapped[Key]  #: complaint, upload, answer or survey.
    address: Mapped[Digest]  #: A keyed digest, by which nobody finds the address itself.
    at: Mapped[datetime]
