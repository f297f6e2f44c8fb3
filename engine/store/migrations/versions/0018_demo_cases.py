"""Demo cases: what marks them, and that nothing else is ever taken out of the journal."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_DEMO = sa.text("demo")
#: By table: what tells a demo row that is to go, the function that refuses, and its words.
_GUARDED = {
    "journal": (
        "substr(OLD.stream, 1, 5) = 'demo:'",
        "refuse_change",
        "the journal is never changed",
    ),
    "closed_month": ("OLD.demo", "refuse_reopening", "a closed month is never changed"),
}


def upgrade() -> None:
    """Add the marks, and let rows of demo cases be deleted, those alone."""
    for table in ("cases", "closed_month"):
        op.add_column(
            table,
            sa.Column("demo", sa.Boolean(), nullable=False, server_default=sa.false()),
        )
    op.create_index(
        "ix_cases_demo", "cases", ["id"], sqlite_where=_DEMO, postgresql_where=_DEMO
    )
    _guard(_demo_may_go)


def downgrade() -> None:
    """Take the marks away, and refuse every deletion again."""
    _guard(_nothing_may_go)
    op.drop_index("ix_cases_demo", "cases")
    for table in ("closed_month", "cases"):
        op.drop_column(table, "demo")


def _guard(statements: Callable[[str, str, str, str, bool], list[str]]) -> None:
    connection = op.get_bind()
    is_sqlite = connection.dialect.name == "sqlite"
    for table, (is_demo, function, refusal) in _GUARDED.items():
        for statement in statements(table, is_demo, function, refusal, is_sqlite):
            connection.exec_driver_sql(statement)


def _demo_may_go(
    table: str, is_demo: str, function: str, refusal: str, is_sqlite: bool
) -> list[str]:
    if is_sqlite:
        return [
            f"DROP TRIGGER {table}_refuses_delete",
            f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table}"
            f" WHEN NOT ({is_demo}) BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
        ]
    return [
        f"DROP TRIGGER {table}_guard ON {table}",
        f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
        f"CREATE TRIGGER {table}_keeps BEFORE DELETE ON {table}"
        f" FOR EACH ROW WHEN (NOT ({is_demo})) EXECUTE FUNCTION {function}()",
    ]


def _nothing_may_go(
    table: str, is_demo: str, function: str, refusal: str, is_sqlite: bool
) -> list[str]:
    if is_sqlite:
        return [
            f"DROP TRIGGER {table}_refuses_delete",
            f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
        ]
    return [
        f"DROP TRIGGER {table}_keeps ON {table}",
        f"DROP TRIGGER {table}_guard ON {table}",
        f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
    ]
