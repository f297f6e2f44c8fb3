"""The ledger, and cases that other cases opened."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and what cases know of them."""
    op.add_column("cases", sa.Column("opened_from", sa.String(length=200), nullable=True))
    op.add_column("cases", sa.Column("entry_digest", sa.String(length=64), nullable=True))
    op.create_table(
        "ledger_entry",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("policy_key", sa.String(length=200), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=True),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_ledger_entry_case_id_cases"
        ),
        sa.ForeignKeyConstraint(
            ["policy_key"], ["policy.key"], name="fk_ledger_entry_policy_key_policy"
        ),
        sa.PrimaryKeyConstraint("case_id", name="pk_ledger_entry"),
    )
    op.create_index(
        "ix_ledger_entry_policy_key_opened_on", "ledger_entry", ["policy_key", "opened_on"]
    )
    op.create_index(
        "ix_ledger_entry_policy_key_unit_opened_on",
        "ledger_entry",
        ["policy_key", "unit", "opened_on"],
    )
    op.create_table(
        "case_link",
        sa.Column("to_case", sa.Integer(), nullable=False),
        sa.Column("from_case", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], ["cases.id"], name=f"fk_case_link_{column}_cases"
            )
            for column in ("to_case", "from_case")
        ),
        sa.PrimaryKeyConstraint("to_case", name="pk_case_link"),
    )
    op.create_index("ix_case_link_from_case", "case_link", ["from_case"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("case_link")
    op.drop_table("ledger_entry")
    op.drop_column("cases", "entry_digest")
    op.drop_column("cases", "opened_from")
