"""What the schema has beyond mapped classes: the journal's guards and the text index."""

from sqlalchemy import Connection, Table, event

from engine.store.models import Base

#: Tables and indexes that only the database knows; they belong to the text index.
TEXT_INDEX = "case_fts"

_GUARDED = ("journal", "checkpoint")

_POSTGRESQL_REFUSAL = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is never changed';
END $$
"""

_POSTGRESQL_GUARD = """
CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""

_SQLITE_GUARD = """
CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END
"""

# Words are characters with spaces between, so that a phrase finds any run of Chinese.
_POSTGRESQL_TEXT = """
CREATE INDEX case_fts ON case_text USING gin (to_tsvector('simple', words))
"""

_SQLITE_TEXT = (
    "CREATE VIRTUAL TABLE case_fts USING fts5(words, content='case_text',"
    " content_rowid='case_id')",
    "CREATE TRIGGER case_fts_insert AFTER INSERT ON case_text BEGIN"
    " INSERT INTO case_fts(rowid, words) VALUES (new.case_id, new.words); END",
    "CREATE TRIGGER case_fts_delete AFTER DELETE ON case_text BEGIN"
    " INSERT INTO case_fts(case_fts, rowid, words)"
    " VALUES ('delete', old.case_id, old.words); END",
    "CREATE TRIGGER case_fts_update AFTER UPDATE ON case_text BEGIN"
    " INSERT INTO case_fts(case_fts, rowid, words)"
    " VALUES ('delete', old.case_id, old.words);"
    " INSERT INTO case_fts(rowid, words) VALUES (new.case_id, new.words); END",
)


def statements(table: str, dialect: str) -> list[str]:
    """Return what follows the creation of *table* on *dialect*."""
    if table == "case_text":
        return list(_SQLITE_TEXT) if dialect == "sqlite" else [_POSTGRESQL_TEXT]
    if table not in _GUARDED:
        return []
    if dialect == "sqlite":
        return [_SQLITE_GUARD.format(table=table, verb=v) for v in ("UPDATE", "DELETE")]
    return [_POSTGRESQL_REFUSAL, _POSTGRESQL_GUARD.format(table=table)]


def complete(table: Table, connection: Connection, **_: object) -> None:
    """Carry out what follows the creation of *table*."""
    for statement in statements(table.name, connection.dialect.name):
        connection.exec_driver_sql(statement)


for _table in Base.metadata.tables.values():
    event.listen(_table, "after_create", complete)
