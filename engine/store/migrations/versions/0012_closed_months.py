"""Months whose figures are closed, and who reads the cases behind figures."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_REFUSAL = "a closed month is never changed"
_SQLITE = [
    f"CREATE TRIGGER closed_month_refuses_{verb} BEFORE {verb} ON closed_month"
    f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for verb in ("update", "delete")
]
_POSTGRESQL = [
    "CREATE FUNCTION refuse_reopening() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
    "CREATE TRIGGER closed_month_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON closed_month"
    " FOR EACH STATEMENT EXECUTE FUNCTION refuse_reopening()",
]


def upgrade() -> None:
    """Add the tables; like the journal closed months take no changes."""
    op.create_table(
        "closed_month",
        sa.Column("policy_key", sa.String(length=200), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.String(length=200), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["policy_key"], ["policy.key"], name="fk_closed_month_policy_key_policy"
        ),
        sa.PrimaryKeyConstraint("policy_key", "month", name="pk_closed_month"),
    )
    op.create_table(
        "policy_reader",
        sa.Column("policy_key", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("reads", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["policy_key"], ["policy.key"], name="fk_policy_reader_policy_key_policy"
        ),
        sa.PrimaryKeyConstraint("policy_key", "role", "reads", name="pk_policy_reader"),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("policy_reader")
    op.drop_table("closed_month")
    if op.get_bind().dialect.name != "sqlite":
        op.get_bind().exec_driver_sql("DROP FUNCTION refuse_reopening()")
