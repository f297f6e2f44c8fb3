"""The journal with its guards, and the index of words."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


_TABLES = ("journal", "chain", "checkpoint", "case_text")

_REFUSAL = "the journal is never changed"

_SQLITE = (
    *(
        f"CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for table in ("journal", "checkpoint")
        for verb in ("update", "delete")
    ),
    # Words are characters with spaces between, so that a phrase finds any run of them.
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

_POSTGRESQL = (
    "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
    *(
        f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        for table in ("journal", "checkpoint")
    ),
    "CREATE INDEX case_fts ON case_text USING gin (to_tsvector('simple', words))",
)


def upgrade() -> None:
    """Add the tables."""
    _add_journal()
    _add_chain()
    _add_checkpoint()
    _add_case_text()
    statements = _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Take the tables away, the last first."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE case_fts")
    for table in reversed(_TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change")


def _add_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("command", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("command_id", sa.String(), nullable=False),
        sa.Column("prev_digest", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_journal_case_id_cases"),
        sa.PrimaryKeyConstraint("seq", name="pk_journal"),
        sa.UniqueConstraint("command_id", name="uq_journal_command_id"),
        sa.UniqueConstraint("stream", "position", name="uq_journal_stream_position"),
    )
    op.create_index("ix_journal_case_id", "journal", ["case_id"], unique=False)


def _add_chain() -> None:
    op.create_table(
        "chain",
        sa.Column("stream", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("sealed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name="pk_chain"),
    )


def _add_checkpoint() -> None:
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heads", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("prev_digest", sa.String(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_checkpoint"),
    )


def _add_case_text() -> None:
    op.create_table(
        "case_text",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_case_text_case_id_cases"
        ),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_text"),
    )
