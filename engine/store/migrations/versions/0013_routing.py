"""Work that people send elsewhere by hand: returned, handed on, asked about, taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_UNDO = (
    ("undo_task", sa.Integer()),
    ("undo_state", sa.LargeBinary()),
    ("undo_variables", sa.LargeBinary()),
    ("undo_flows", sa.LargeBinary()),
)
_KEY = sa.String(length=200)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables, and to each case where it stood before its last completion."""
    for name, kind in _UNDO:
        op.add_column("execution", sa.Column(name, kind, nullable=True))
    op.create_table(
        "routed",
        sa.Column("id", sa.Integer(), nullable=False),
        *_of_case(),
        sa.Column("verb", _KEY, nullable=False),
        sa.Column("by", _KEY, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("receiver", _KEY, nullable=True),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        *_keys("routed"),
        sa.ForeignKeyConstraint(
            ["target_id"], ["task.id"], name="fk_routed_target_id_task"
        ),
    )
    op.create_index("ix_routed_case_id", "routed", ["case_id"])
    op.create_index("ix_routed_task_id_verb_by", "routed", ["task_id", "verb", "by"])
    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        *_of_case(),
        sa.Column("by", _KEY, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("asked", _KEY, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("state", _KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        *_keys("opinion"),
    )
    op.create_index("ix_opinion_case_id", "opinion", ["case_id"])
    op.create_index("ix_opinion_asked_state", "opinion", ["asked", "state"])
    op.create_index("ix_opinion_task_id_state", "opinion", ["task_id", "state"])


def _of_case() -> tuple[sa.Column[int], ...]:
    return tuple(
        sa.Column(name, sa.Integer(), nullable=False) for name in ("case_id", "task_id")
    )


def _keys(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=f"fk_{table}_case_id_cases"
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=f"fk_{table}_task_id_task"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("opinion")
    op.drop_table("routed")
    for name, _ in reversed(_UNDO):
        op.drop_column("execution", name)
