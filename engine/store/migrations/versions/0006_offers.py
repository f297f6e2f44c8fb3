"""What a person could take and what they may see, found without looking at all there is."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: The rows that an index is of, as SQLite and as PostgreSQL say it.
_Where = tuple[str, str] | None
_OPEN: _Where = ("state = 'open'", "state = 'open'")
_WAITS: _Where = ("waits = 1", "waits")
_NAMED: _Where = ("login IS NOT NULL", "login IS NOT NULL")

_REPLACED = (
    ("ix_task_state_due", "task", ["state", "due"]),
    ("ix_task_assignee_state", "task", ["assignee", "state"]),
    ("ix_task_candidate_role_unit", "task_candidate", ["role", "unit"]),
    ("ix_task_candidate_login", "task_candidate", ["login"]),
    ("ix_cases_started_by", "cases", ["started_by"]),
    ("ix_cases_unit", "cases", ["unit"]),
    (
        "ix_cases_policy_key_state_started_at",
        "cases",
        ["policy_key", "state", "started_at"],
    ),
)
_ADDED: tuple[tuple[str, str, list[str], _Where], ...] = (
    ("ix_task_mine", "task", ["assignee", "urgency"], _OPEN),
    ("ix_task_overdue", "task", ["urgency"], _OPEN),
    ("ix_task_assignee_case_id", "task", ["assignee", "case_id"], None),
    ("ix_offer_in_unit", "task_candidate", ["role", "unit", "urgency"], _WAITS),
    ("ix_offer_to_role", "task_candidate", ["role", "urgency"], _WAITS),
    ("ix_offer_to_person", "task_candidate", ["login", "urgency"], _WAITS),
    (
        "ix_task_candidate_role_unit_case_id",
        "task_candidate",
        ["role", "unit", "case_id"],
        None,
    ),
    ("ix_task_candidate_role_case_id", "task_candidate", ["role", "case_id"], None),
    ("ix_task_candidate_login_case_id", "task_candidate", ["login", "case_id"], _NAMED),
    ("ix_cases_started_by_id", "cases", ["started_by", "id"], None),
    ("ix_cases_unit_id", "cases", ["unit", "id"], None),
    ("ix_cases_policy_key_id", "cases", ["policy_key", "id"], None),
    ("ix_cases_state_id", "cases", ["state", "id"], None),
    ("ix_notice_login_case_id", "notice", ["login", "case_id"], None),
)
_SECONDS = {
    "sqlite": "CAST(strftime('%s', due) AS INTEGER)",
    "postgresql": "floor(extract(epoch FROM due))::bigint",
}
_OFFERED = "task.state = 'open' AND task.assignee IS NULL"
_SQLITE = (
    "CREATE TRIGGER task_offers AFTER UPDATE OF state, assignee ON task BEGIN"
    " UPDATE task_candidate SET waits = (new.state = 'open' AND new.assignee IS NULL)"
    " WHERE task_id = new.id; END",
)
_POSTGRESQL = (
    "CREATE FUNCTION offer_task() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " UPDATE task_candidate SET waits = (new.state = 'open' AND new.assignee IS NULL)"
    " WHERE task_id = new.id; RETURN NULL; END $$",
    "CREATE TRIGGER task_offers AFTER UPDATE OF state, assignee ON task"
    " FOR EACH ROW EXECUTE FUNCTION offer_task()",
    # Kept beside the words: to look a phrase up means to look at its places again.
    "DROP INDEX case_fts",
    "ALTER TABLE case_text ADD COLUMN case_fts tsvector"
    " GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED",
    "CREATE INDEX case_fts ON case_text USING gin (case_fts)",
)


def upgrade() -> None:
    """Let candidates say of which case they are, how urgent, and whether they still are."""
    for table in ("task", "task_candidate"):
        urgency = sa.Column("urgency", sa.BigInteger(), nullable=False, server_default="0")
        op.add_column(table, urgency)
    for column in (
        sa.Column("case_id", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("waits", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("task_candidate", column)
    _fill()
    for name, table, _ in _REPLACED:
        op.drop_index(name, table)
    for name, table, columns, where in _ADDED:
        sqlite, postgresql = map(sa.text, where) if where else (None, None)
        op.create_index(
            name, table, columns, sqlite_where=sqlite, postgresql_where=postgresql
        )
    for statement in _SQLITE if _dialect() == "sqlite" else _POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Take all of it away."""
    if _dialect() == "sqlite":
        op.execute("DROP TRIGGER task_offers")
    else:
        op.execute("DROP TRIGGER task_offers ON task")
        op.execute("DROP FUNCTION offer_task")
        op.execute("DROP INDEX case_fts")
        op.execute("ALTER TABLE case_text DROP COLUMN case_fts")
        op.execute(
            "CREATE INDEX case_fts ON case_text USING gin (to_tsvector('simple', words))"
        )
    for name, table, _, _ in _ADDED:
        op.drop_index(name, table)
    for column in ("waits", "case_id", "urgency"):
        op.drop_column("task_candidate", column)
    op.drop_column("task", "urgency")
    for name, table, columns in _REPLACED:
        op.create_index(name, table, columns)


def _fill() -> None:
    run = op.get_bind().exec_driver_sql
    run(
        f"UPDATE task SET urgency = coalesce({_SECONDS[_dialect()]}, 9000000000000) * 1000"
        " + CASE WHEN priority < 0 THEN 999 WHEN priority > 999 THEN 0"
        " ELSE 999 - priority END".replace("%", "%" if _dialect() == "sqlite" else "%%")
    )
    for column, value in (
        ("case_id", "task.case_id"),
        ("urgency", "task.urgency"),
        ("waits", f"CASE WHEN {_OFFERED} THEN true ELSE false END"),
    ):
        run(
            f"UPDATE task_candidate SET {column} = (SELECT {value} FROM task"
            " WHERE task.id = task_candidate.task_id)"
        )


def _dialect() -> str:
    name: str = op.get_bind().dialect.name
    return name
