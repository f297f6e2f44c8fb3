"""What people see of a case in lists, and find it by, who do not work on it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; until a case goes on, they find it by its number alone."""
    op.create_table(
        "masked_head",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("customer", sa.String(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_masked_head_case_id_cases"
        ),
        sa.PrimaryKeyConstraint("case_id", name="pk_masked_head"),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("masked_head")
