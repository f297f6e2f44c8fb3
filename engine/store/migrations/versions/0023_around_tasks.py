"""What tasks are done inside: one instance of several is told from the others."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; tasks that are there say nothing."""
    op.add_column("task", sa.Column("around", sa.Text()))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("task", "around")
