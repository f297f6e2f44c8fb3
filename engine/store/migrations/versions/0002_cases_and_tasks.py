"""Cases, their tasks, and what people enter."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


_TABLES = (
    "cases",
    "execution",
    "number_series",
    "exclusion",
    "task",
    "task_candidate",
    "submission",
    "document",
    "comment",
    "draft",
)


def upgrade() -> None:
    """Add the tables."""
    _add_cases()
    _add_execution()
    _add_number_series()
    _add_exclusion()
    _add_task()
    _add_task_candidate()
    _add_submission()
    _add_document()
    _add_comment()
    _add_draft()


def downgrade() -> None:
    """Take the tables away, the last first."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _add_cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("policy_key", sa.String(length=200), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("customer", sa.String(), nullable=True),
        sa.Column("unit", sa.String(length=200), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.String(length=200), nullable=False),
        sa.Column("started_unit", sa.String(length=200), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_events", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployment.id"], name="fk_cases_deployment_id_deployment"
        ),
        sa.ForeignKeyConstraint(
            ["policy_key"], ["policy.key"], name="fk_cases_policy_key_policy"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("number", name="uq_cases_number"),
    )
    op.create_index("ix_cases_deployment_id", "cases", ["deployment_id"], unique=False)
    op.create_index(
        "ix_cases_policy_key_state_started_at",
        "cases",
        ["policy_key", "state", "started_at"],
        unique=False,
    )
    op.create_index("ix_cases_started_by", "cases", ["started_by"], unique=False)
    op.create_index("ix_cases_unit", "cases", ["unit"], unique=False)
    op.create_index("ix_cases_updated_at", "cases", ["updated_at"], unique=False)


def _add_execution() -> None:
    op.create_table(
        "execution",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_execution_case_id_cases"
        ),
        sa.PrimaryKeyConstraint("case_id", name="pk_execution"),
    )


def _add_number_series() -> None:
    op.create_table(
        "number_series",
        sa.Column("policy_key", sa.String(length=200), nullable=False),
        sa.Column("period", sa.String(length=200), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("policy_key", "period", name="pk_number_series"),
    )


def _add_exclusion() -> None:
    op.create_table(
        "exclusion",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_exclusion_case_id_cases"
        ),
        sa.PrimaryKeyConstraint("case_id", "login", name="pk_exclusion"),
    )
    op.create_index("ix_exclusion_login", "exclusion", ["login"], unique=False)


def _add_task() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=200), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("element_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=True),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("assignee", sa.String(length=200), nullable=True),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warn", sa.DateTime(timezone=True), nullable=True),
        sa.Column("follow_up", sa.DateTime(timezone=True), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.String(length=200), nullable=True),
        sa.Column("properties", sa.Text(), nullable=False),
        sa.Column("clauses", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_task_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
    )
    op.create_index("ix_task_assignee_state", "task", ["assignee", "state"], unique=False)
    op.create_index("ix_task_case_id_token", "task", ["case_id", "token"], unique=False)
    op.create_index("ix_task_state_due", "task", ["state", "due"], unique=False)


def _add_task_candidate() -> None:
    op.create_table(
        "task_candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=True),
        sa.Column("unit", sa.String(length=200), nullable=True),
        sa.Column("login", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name="fk_task_candidate_task_id_task"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_task_candidate"),
    )
    op.create_index("ix_task_candidate_login", "task_candidate", ["login"], unique=False)
    op.create_index(
        "ix_task_candidate_role_unit", "task_candidate", ["role", "unit"], unique=False
    )
    op.create_index(
        "ix_task_candidate_task_id", "task_candidate", ["task_id"], unique=False
    )


def _add_submission() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("command", sa.String(length=200), nullable=False),
        sa.Column("form_id", sa.String(length=200), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("values", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_submission_case_id_cases"
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name="fk_submission_task_id_task"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
    )
    op.create_index("ix_submission_case_id", "submission", ["case_id"], unique=False)
    op.create_index("ix_submission_task_id", "submission", ["task_id"], unique=False)


def _add_document() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_document_case_id_cases"
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_document_task_id_task"),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
    )
    op.create_index("ix_document_case_id", "document", ["case_id"], unique=False)
    op.create_index("ix_document_digest", "document", ["digest"], unique=False)
    op.create_index("ix_document_task_id", "document", ["task_id"], unique=False)


def _add_comment() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_comment_case_id_cases"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_comment_task_id_task"),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
    )
    op.create_index("ix_comment_case_id", "comment", ["case_id"], unique=False)


def _add_draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_draft_task_id_task"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("login", "place", name="uq_draft_login_place"),
    )
    op.create_index("ix_draft_task_id", "draft", ["task_id"], unique=False)
