"""The declarative base of all tables, and the column types that they share."""

from datetime import UTC, datetime
from typing import Annotated

from sqlalchemy import DateTime, Dialect, MetaData, String, Text
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
