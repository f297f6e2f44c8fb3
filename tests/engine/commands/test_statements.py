"""What a command asks of the database: each statement costs time with every command."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from engine.commands.cases.lifecycle import StartCase
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from tests.engine.commands.conftest import ENTERED, FOUND


@contextmanager
def counted(engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    connections = engine.database.connections
    event.listen(connections, "before_cursor_execute", note)
    yield statements
    event.remove(connections, "before_cursor_execute", note)


def test_completing_a_task_takes_few(deployed, who, investigate):
    lin = who("lin")

    with counted(deployed) as statements:
        deployed.run(CompleteTask(investigate, FOUND), by=lin, command_id="c")

    assert len(statements) <= 26, "\n".join(statements)


def test_completing_a_task_takes_no_more_with_many_cases(deployed, who, investigate):
    lin = who("lin")
    for _ in range(3):
        deployed.run(StartCase("minimal", "complaint", ENTERED), by=lin)
    with counted(deployed) as first:
        deployed.run(CompleteTask(investigate, FOUND), by=lin)

    with counted(deployed) as second:
        deployed.run(CompleteTask(investigate + 1, FOUND), by=lin)

    assert len(second) <= len(first)


def test_claiming_a_task_takes_few(deployed, who, investigate):
    lin = who("lin")

    with counted(deployed) as statements:
        deployed.run(ClaimTask(investigate), by=lin)

    assert len(statements) <= 9, "\n".join(statements)
