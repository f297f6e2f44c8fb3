"""The index of words told in which blocks of numbers a case lies: PostgreSQL's alone.

SQLite finds the newest hits first, and needs no marks.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_WORDS = "to_tsvector('simple', words)"
_MARKS = ", ".join(
    f"'{mark}' || (case_id >> {bits})::text"
    for mark, bits in (("u", 10), ("v", 13), ("w", 16))
)


def upgrade() -> None:
    """Add the marks of a case's blocks to its words."""
    _index(f"{_WORDS} || array_to_tsvector(ARRAY[{_MARKS}])")


def downgrade() -> None:
    """Keep the words alone."""
    _index(_WORDS)


def _index(words: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    # What a column is generated from does not change: it is made anew, and its index.
    op.execute("ALTER TABLE case_text DROP COLUMN case_fts")
    op.execute(
        "ALTER TABLE case_text ADD COLUMN case_fts tsvector"
        f" GENERATED ALWAYS AS ({words}) STORED"
    )
    op.execute("CREATE INDEX case_fts ON case_text USING gin (case_fts)")
