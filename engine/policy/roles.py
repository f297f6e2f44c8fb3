"""What roles.toml says: who does the work, within which unit, and who is asked next."""

from dataclasses import dataclass

from engine.feel import Expression
from engine.model import Finding, Sentence
from engine.policy.expressions import read_expression
from engine.policy.toml import TomlFile, did_you_mean


@dataclass(frozen=True, slots=True)
class Role:
    """A candidate group of the policy."""

    id: str
    title: str
    within: str | None  #: The kind of unit that it is held in; None for the whole firm.
    unit: Expression | None  #: Gives the key of the unit whose holders a case concerns.
    escalates_to: str | None
    clauses: tuple[str, ...]


def read_roles(name: str, text: str) -> tuple[dict[str, Role], list[Finding]]:
    """Return the roles by id, and all that is wrong with the file."""
    file = TomlFile(name, text)
    roles: dict[str, Role] = {}
    for role_id, table in file.top.entries():
        role = Role(
            id=role_id,
            title=table.required_text("title"),
            within=table.text("within") or None,
            unit=read_expression(table, "unit"),
            escalates_to=table.text("escalates-to") or None,
            clauses=table.texts("clauses"),
        )
        if "unit" in table and role.within is None:
            table.report(
                "unit",
                "role-unit",
                Sentence("Expected a kind of unit in within, since unit is given."),
                Sentence('Add a line like within = "branch", or take unit out.'),
            )
        table.close()
        roles[role_id] = role
    for role in roles.values():
        if role.escalates_to is not None and role.escalates_to not in roles:
            file.report(
                (role.id, "escalates-to"),
                "role-unknown",
                Sentence(
                    "Expected a role of this policy, but there is none called {role}.",
                    {"role": role.escalates_to},
                ),
                did_you_mean(role.escalates_to, roles),
            )
    return roles, file.findings
