"""Links, letters, surveys and visits of customers who have no login."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "tracking_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        _refers("tracking_link", "case_id", "cases"),
        sa.PrimaryKeyConstraint("id", name="pk_tracking_link"),
        sa.UniqueConstraint("digest", name="uq_tracking_link_digest"),
    )
    op.create_table(
        "customer_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _refers("customer_letter", "case_id", "cases"),
        _refers("customer_letter", "delivery_id", "delivery"),
        sa.PrimaryKeyConstraint("id", name="pk_customer_letter"),
    )
    _add_counts()
    for table, columns in (
        ("tracking_link", ["case_id"]),
        ("customer_letter", ["case_id"]),
        ("public_visit", ["deed", "address", "at"]),
        ("public_visit", ["deed", "at"]),
    ):
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns, unique=False)


def downgrade() -> None:
    """Drop the tables."""
    for table in ("public_visit", "survey_answer", "customer_letter", "tracking_link"):
        op.drop_table(table)


def _add_counts() -> None:
    op.create_table(
        "survey_answer",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _refers("survey_answer", "case_id", "cases"),
        _refers("survey_answer", "submission_id", "submission"),
        sa.PrimaryKeyConstraint("case_id", name="pk_survey_answer"),
    )
    op.create_table(
        "public_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_public_visit"),
    )


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}"
    )
