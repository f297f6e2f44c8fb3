"""Robots of chats, what people chose to be told by, and to whom a delivery goes."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_KEY = sa.String(length=200)
_MOMENT = sa.DateTime(timezone=True)
#: What new columns of deliveries refer to.
_REFERS = {"task_id": "task", "robot_id": "chat_robot"}
_USED = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Add the tables, and the columns of deliveries."""
    op.create_table(
        "chat_robot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _KEY, nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("role", _KEY, nullable=True),
        sa.Column("unit", _KEY, nullable=True),
        sa.Column("notices", sa.Text(), nullable=False),
        sa.Column("set_at", _MOMENT, nullable=False),
        sa.Column("set_by", _KEY, nullable=False),
        sa.Column("tried_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_chat_robot_person_id_person"
        ),
        sa.ForeignKeyConstraint(["unit"], ["unit.key"], name="fk_chat_robot_unit_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_chat_robot"),
    )
    op.create_index(
        "uq_chat_robot_person_id",
        "chat_robot",
        ["person_id"],
        unique=True,
        sqlite_where=_USED,
        postgresql_where=_USED,
    )
    op.create_index("ix_chat_robot_role", "chat_robot", ["role"])
    op.create_table(
        "notice_choice",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", _KEY, nullable=False),
        sa.Column("channels", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_notice_choice_person_id_person"
        ),
        sa.PrimaryKeyConstraint("person_id", "kind", name="pk_notice_choice"),
    )
    op.add_column("delivery", sa.Column("login", _KEY, nullable=True))
    for column, table in _REFERS.items():
        # As the databases themselves write it: Alembic would make the table anew on SQLite.
        op.execute(
            f"ALTER TABLE delivery ADD COLUMN {column} INTEGER"
            f" CONSTRAINT fk_delivery_{column}_{table} REFERENCES {table} (id)"
        )


def downgrade() -> None:
    """Take them away again."""
    for column in (*_REFERS, "login"):
        op.drop_column("delivery", column)
    op.drop_table("notice_choice")
    op.drop_table("chat_robot")
