"""An index of the few cases that are confidential: every list leaves out what is."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    confidential = sa.text("confidential")
    op.create_index(
        "ix_cases_confidential",
        "cases",
        ["id"],
        sqlite_where=confidential,
        postgresql_where=confidential,
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_cases_confidential", "cases")
