"""The declarative base of all tables, and the column types that they share."""

import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, ClassVar

from sqlalchemy import DateTime, Dialect, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from engine.model import Json, Sentence
from engine.store.values import dumps, loads


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Return *value* in UTC; SQLite keeps it without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"Expected a moment with a time zone, but got {value}.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Return the stored moment, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PackedMoment(Moment):
    """A moment of which there are many; SQLite keeps a number, a third of the text."""

    cache_ok = True

    def bind_processor(
        self, dialect: Dialect
    ) -> Callable[[datetime | None], object] | None:
        """Return what turns moments into microseconds since 1970 on SQLite."""
        if dialect.name != "sqlite":
            return super().bind_processor(dialect)
        return lambda value: None if value is None else (value - _EPOCH) // _TICK

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[object], datetime | None] | None:
        """Return what turns them back."""
        if dialect.name != "sqlite":
            return super().result_processor(dialect, coltype)
        return lambda value: None if value is None else _EPOCH + _TICK * int(str(value))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


class PackedText(TypeDecorator[str]):
    """Text as bytes, compressed where that is shorter; SQL never looks into it."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Return *value* as UTF-8 or as what zlib makes of it."""
        if value is None:
            return None
        plain = value.encode()
        if len(plain) < _WORTH_PACKING:
            return plain
        packed = zlib.compress(plain, level=1)
        return packed if len(packed) < len(plain) else plain

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Return the stored text; none begins with the byte that zlib begins with."""
        if value is None:
            return None
        kept = bytes(value)
        return (zlib.decompress(kept) if kept[:1] == _ZLIB else kept).decode()


_ZLIB = b"\x78"  #: The letter x, with which no JSON begins.
_WORTH_PACKING = 256  #: Bytes; less takes longer to pack than to write.


class JsonText(TypeDecorator[Json]):
    """A JSON value as text; SQL never looks into it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Json, dialect: Dialect) -> str | None:
        """Return *value* as JSON."""
        return None if value is None else dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Json:
        """Return the value of the stored JSON."""
        return None if value is None else loads(value)


class SentenceText(TypeDecorator[Sentence]):
    """A sentence for people: its template and values, translated when it is shown."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sentence | None, dialect: Dialect) -> str | None:
        """Return *value* as JSON; values that are no JSON become text."""
        return None if value is None else dumps(sentence_json(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Sentence | None:
        """Return the stored sentence."""
        return None if value is None else sentence_from(loads(value))


def sentence_json(sentence: Sentence) -> Json:
    """Return *sentence* as JSON: template and values."""
    values: dict[str, Json] = {}
    for name, value in sentence.values.items():
        if isinstance(value, Sentence):
            values[name] = {"sentence": sentence_json(value)}
        elif isinstance(value, int | str) or value is None:
            values[name] = value
        else:
            values[name] = str(value)
    return {"template": sentence.template, "values": values}


def sentence_from(packed: Json) -> Sentence:
    """Return the sentence that `sentence_json` packed."""
    values = {
        name: sentence_from(value["sentence"]) if isinstance(value, dict) else value
        for name, value in packed["values"].items()
    }
    return Sentence(packed["template"], values)


class Base(DeclarativeBase):
    """What every mapped class inherits; the web app sits on the same metadata."""

    if TYPE_CHECKING:
        __table__: ClassVar[Table]

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    # Flask-SQLAlchemy copies the class, so that its types are told to the registry.
    registry = registry(
        metadata=metadata,
        type_annotation_map={datetime: Moment(), Sentence: SentenceText()},
    )


#: Ids and keys from policies and people: logins, roles, units, element ids.
Key = Annotated[str, mapped_column(String(200))]
#: A sha256 in hexadecimal.
Digest = Annotated[str, mapped_column(String(64))]
