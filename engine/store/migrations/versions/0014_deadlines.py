"""Deadlines that were extended, and those that were broken."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_KEY = sa.String(length=200)
_MOMENT = sa.DateTime(timezone=True)
_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    """Add the tables; deadlines that were broken before are not in them."""
    op.create_table(
        "extension",
        *_whole("id", "case_id", "task_id"),
        sa.Column("token", _KEY, nullable=False),
        sa.Column("state", _KEY, nullable=False),
        sa.Column("by", _KEY, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("due", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("role", _KEY, nullable=False),
        sa.Column("unit", _KEY, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("decided_by", _KEY, nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        *_keys("extension"),
    )
    op.create_index("ix_extension_case_id", "extension", ["case_id"])
    op.create_index("ix_extension_task_id", "extension", ["task_id"])
    op.create_index("ix_extension_state_role", "extension", ["state", "role"])
    op.create_index(
        "uq_extension_open",
        "extension",
        ["task_id"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    _create_breach()


def _create_breach() -> None:
    op.create_table(
        "breach",
        *_whole("id", "case_id", "task_id"),
        sa.Column("policy_key", _KEY, nullable=False),
        sa.Column("token", _KEY, nullable=False),
        sa.Column("due", _MOMENT, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("person", _KEY, nullable=True),
        sa.Column("role", _KEY, nullable=True),
        sa.Column("unit", _KEY, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("outcome", _KEY, nullable=True),
        sa.Column("late_minutes", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", _MOMENT, nullable=True),
        sa.Column("reviewed_by", _KEY, nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        *_keys("breach"),
        sa.ForeignKeyConstraint(
            ["policy_key"], ["policy.key"], name="fk_breach_policy_key_policy"
        ),
        sa.UniqueConstraint("task_id", "due", name="uq_breach_task_id_due"),
    )
    for columns in (["policy_key", "due"], ["person", "due"], ["case_id", "token"]):
        op.create_index(f"ix_breach_{'_'.join(columns)}", "breach", columns)
    op.create_table(
        "breach_leader",
        *_whole("breach_id"),
        sa.Column("role", _KEY, nullable=False),
        sa.Column("unit", _KEY, nullable=True),
        sa.PrimaryKeyConstraint("breach_id", "role", name="pk_breach_leader"),
        sa.ForeignKeyConstraint(
            ["breach_id"], ["breach.id"], name="fk_breach_leader_breach_id_breach"
        ),
    )
    op.create_index("ix_breach_leader_role", "breach_leader", ["role"])


def _whole(*names: str) -> tuple[sa.Column[int], ...]:
    return tuple(sa.Column(name, sa.Integer(), nullable=False) for name in names)


def _keys(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=f"fk_{table}_case_id_cases"
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=f"fk_{table}_task_id_task"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("breach_leader", "breach", "extension"):
        op.drop_table(table)
