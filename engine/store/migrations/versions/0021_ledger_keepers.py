"""The deployment by whose ledger the entry of a case is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; up to now it was that of the case."""
    op.add_column("cases", sa.Column("ledger_by", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("cases", "ledger_by")
