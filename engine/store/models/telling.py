"""Tables of how people are told: their robots, and what they chose."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.models.columns import Base, JsonText, Key

_USED = text("ended_at IS NULL")


class ChatRobot(Base):
    """A robot of a chat: of a person, or of those who hold a role in a unit."""

    __tablename__ = "chat_robot"
    __table_args__ = (
        # One a person, and few in all.
        Index(
            "uq_chat_robot_person_id",
            "person_id",
            unique=True,
            sqlite_where=_USED,
            postgresql_where=_USED,
        ),
        Index(None, "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Key]  #: wecom, dingtalk or feishu.
    #: Its webhook, sealed: JSON of token and secret; empty once it is taken away.
    sealed: Mapped[str] = mapped_column(Text)
    hint: Mapped[str]  #: The end of its token, by which people know it again.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Key | None]  #: Of a group; then there is no person.
    unit: Mapped[Key | None] = mapped_column(ForeignKey("unit.key"))
    notices: Mapped[list[str]] = mapped_column(JsonText)  #: Kinds that a group hears of.
    set_at: Mapped[datetime]
    set_by: Mapped[Key]
    tried_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class NoticeChoice(Base):
    """The channels by which a kind of notice reaches a person, beside the web pages."""

    __tablename__ = "notice_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[Key] = mapped_column(primary_key=True)
    channels: Mapped[list[str]] = mapped_column(JsonText)  #: email, chat.
