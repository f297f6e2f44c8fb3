"""What clauses.toml says: the numbered demands of the written policy."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model import Finding
from engine.policy.toml import TomlFile

#: What a clause asks for.
KINDS = (
    "rule",
    "role",
    "deadline",
    "flow",
    "form",
    "notify",
    "report",
    "access",
    "record",
    "guide",
)
#: The kinds that happen, so that a scenario can prove them.
BEHAVIOUR = frozenset({"rule", "deadline", "flow", "form", "notify", "report"})


@dataclass(frozen=True, slots=True)
class Clause:
    """One demand of the written policy."""

    id: str
    says: str
    kind: str

    @property
    def is_behaviour(self) -> bool:
        """Tell whether a scenario can prove it."""
        return self.kind in BEHAVIOUR


@dataclass(frozen=True, slots=True)
class Citation:
    """A place that carries a clause out."""

    file: str
    element: str | None  #: Id of the element, rule, component or TOML key.


@dataclass(frozen=True, slots=True)
class Proof:
    """A scenario that proves a clause."""

    scenario: str
    name: str


Citations = Mapping[str, tuple[Citation, ...]]  #: Clause id to places.


def read_clauses(name: str, text: str) -> tuple[dict[str, Clause], list[Finding]]:
    """Return the clauses by id, in the order of the file, and all that is wrong."""
    file = TomlFile(name, text)
    clauses: dict[str, Clause] = {}
    for clause_id, table in file.top.entries():
        clauses[clause_id] = Clause(
            id=clause_id,
            says=table.required_text("says"),
            kind=table.choice("kind", KINDS, "rule"),
        )
        table.close()
    return clauses, file.findings
