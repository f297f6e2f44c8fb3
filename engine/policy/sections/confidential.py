"""What policy.toml says of confidential cases: when, for whom, and who speaks outside."""

from dataclasses import dataclass

from engine.feel import Expression
from engine.policy.expressions import read_expression
from engine.policy.toml import Table


@dataclass(frozen=True, slots=True)
class Confidential:
    """Which cases only a few people may see, and who those are."""

    when: Expression  #: FEEL boolean: while it is true the case is confidential.
    roles: tuple[str, ...]  #: Beside those who hold or did a task of the case.
    spokesperson: Expression | None  #: The login of who alone tells people outside.
    clauses: tuple[str, ...]


def read_confidential(top: Table) -> Confidential | None:
    """Return what ``[confidential]`` says; None where there is no such section."""
    table = top.table("confidential")
    if "confidential" not in top:
        return None
    when = read_expression(table, "when")
    if "when" not in table:
        table.missing("when")
    spokesperson = read_expression(table, "spokesperson")
    roles, clauses = table.texts("roles"), table.texts("clauses")
    table.close()
    return None if when is None else Confidential(when, roles, spokesperson, clauses)
