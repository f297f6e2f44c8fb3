"""What happened in a case, kept in less space and found by fewer indexes."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_PACKED = ("state", "variables")
_ACTIVE = sa.text("state = 'active'")


def upgrade() -> None:
    """Count the flows of a case in one place, and pack what is only read whole."""
    with op.batch_alter_table("execution") as table:
        for column in _PACKED:
            table.alter_column(
                column,
                type_=sa.LargeBinary(),
                existing_type=sa.Text(),
                existing_nullable=False,
                postgresql_using=f"convert_to({column}, 'UTF8')",
            )
        table.add_column(
            sa.Column("flows", sa.LargeBinary(), nullable=False, server_default="{}")
        )
    with op.batch_alter_table("execution") as table:
        table.alter_column("flows", existing_type=sa.LargeBinary(), server_default=None)
    _count_flows()
    op.drop_table("flow_taken")
    if op.get_bind().dialect.name == "sqlite":
        _rewrite_moments()
    op.drop_index("ix_activity_case_id_token", "activity")
    op.create_index("ix_activity_case_id", "activity", ["case_id"])
    op.create_index(
        "ix_activity_here",
        "activity",
        ["case_id", "token"],
        sqlite_where=_ACTIVE,
        postgresql_where=_ACTIVE,
    )
    op.drop_index("ix_journal_case_id", "journal")


def downgrade() -> None:
    """Refuse where there are cases: packed text cannot be read by the version before."""
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM execution")):
        raise RuntimeError("Restore the backup that was made before the upgrade.")
    op.create_index("ix_journal_case_id", "journal", ["case_id"])
    op.drop_index("ix_activity_here", "activity")
    op.drop_index("ix_activity_case_id", "activity")
    op.create_index("ix_activity_case_id_token", "activity", ["case_id", "token"])
    op.create_table(
        "flow_taken",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("flow_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_flow_taken_case_id_cases"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_flow_taken"),
    )
    op.create_index("ix_flow_taken_case_id", "flow_taken", ["case_id"])
    with op.batch_alter_table("execution") as table:
        table.drop_column("flows")
        for column in _PACKED:
            table.alter_column(
                column,
                type_=sa.Text(),
                existing_type=sa.LargeBinary(),
                existing_nullable=False,
                postgresql_using=f"convert_from({column}, 'UTF8')",
            )


def _count_flows() -> None:
    """Write how often each case took each flow into the row of its execution."""
    connection = op.get_bind()
    counted: dict[int, dict[str, dict[str, int]]] = {}
    rows = connection.execute(
        sa.text(
            "SELECT case_id, process_id, flow_id, count(*) FROM flow_taken"
            " GROUP BY case_id, process_id, flow_id"
        )
    )
    for case_id, process_id, flow_id, times in rows:
        counted.setdefault(case_id, {}).setdefault(process_id, {})[flow_id] = times
    if counted:
        connection.execute(
            sa.text("UPDATE execution SET flows = :flows WHERE case_id = :case_id"),
            [
                {"case_id": case_id, "flows": json.dumps(flows).encode()}
                for case_id, flows in counted.items()
            ],
        )


def _rewrite_moments() -> None:
    """Keep the moments of activities as microseconds since 1970, as models read them."""
    for column in ("entered_at", "left_at"):
        # The fraction apart: SQLite's own would be rounded to milliseconds.
        seconds = f"CAST(strftime('%s', substr({column}, 1, 19)) AS INTEGER)"
        fraction = f"CAST(substr({column} || '.000000', 21, 6) AS INTEGER)"
        op.get_bind().exec_driver_sql(
            f"UPDATE activity SET {column} = {seconds} * 1000000 + {fraction}"
            f" WHERE {column} IS NOT NULL"
        )
