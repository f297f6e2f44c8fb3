"""Cases that are confidential, and cases whose personal data was erased."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_KEY = sa.String(length=200)


def upgrade() -> None:
    """Add the columns, and the table of the roles that see a confidential case."""
    op.add_column(
        "cases",
        sa.Column("confidential", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("cases", sa.Column("spokesperson", _KEY, nullable=True))
    op.add_column("cases", sa.Column("erased_at", sa.DateTime(timezone=True)))
    op.create_table(
        "circle",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("role", _KEY, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_circle_case_id_cases"),
        sa.PrimaryKeyConstraint("case_id", "role", name="pk_circle"),
    )
    op.create_index("ix_circle_role", "circle", ["role"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("circle")
    for name in ("erased_at", "spokesperson", "confidential"):
        op.drop_column("cases", name)
