"""Numbers and Latin words found by their parts, without looking at every case."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from engine.store.words import words_of

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_AT_ONCE = 1000


def upgrade() -> None:
    """Cut the words of all cases anew."""
    _rewrite(words_of)


def downgrade() -> None:
    """Put a space between every two characters again."""
    _rewrite(_characters)


def _rewrite(cut: Callable[[str], str]) -> None:
    connection, last = op.get_bind(), 0
    chosen = sa.text(
        "SELECT case_id, words FROM case_text WHERE case_id > :last"
        f" ORDER BY case_id LIMIT {_AT_ONCE}"
    )
    change = sa.text("UPDATE case_text SET words = :words WHERE case_id = :case_id")
    while rows := connection.execute(chosen, {"last": last}).all():
        connection.execute(
            change,
            [{"case_id": row.case_id, "words": cut(row.words)} for row in rows],
        )
        last = rows[-1].case_id


def _characters(words: str) -> str:
    """Return the characters that *words* were cut from: of each tail its first."""
    each = (word[1] if len(word) > 1 else word for word in words.split(" ") if word)
    return " ".join(each)
