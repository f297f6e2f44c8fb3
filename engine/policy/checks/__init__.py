"""Everything that is wrong with a bundle, said at once: where, what, and what to do.

An error keeps a bundle from being deployed. A warning does not: what it tells of runs,
but not as its author may think, or cannot be read well.
"""

from collections.abc import Callable, Iterator

from engine.model import Finding
from engine.policy.bundle import Bundle
from engine.policy.checks.citations import clause_findings
from engine.policy.checks.conditions import condition_findings
from engine.policy.checks.drawings import drawing_findings
from engine.policy.checks.files import file_findings
from engine.policy.checks.flows import flow_findings
from engine.policy.checks.jobs import job_findings
from engine.policy.checks.ledgers import ledger_findings
from engine.policy.checks.names import name_findings
from engine.policy.checks.prints import print_findings
from engine.policy.checks.privacy import privacy_findings
from engine.policy.checks.public import public_findings
from engine.policy.checks.scenarios import scenario_findings
from engine.policy.checks.starts import start_findings
from engine.policy.checks.tables import table_findings
from engine.policy.checks.tasks import task_findings
from engine.policy.checks.unset import unset_findings
from engine.policy.checks.unused import unused_findings
from engine.policy.parts import Parts, read_parts

RULES: tuple[Callable[[Parts], Iterator[Finding]], ...] = (
    file_findings,
    start_findings,
    task_findings,
    public_findings,
    job_findings,
    ledger_findings,
    privacy_findings,
    condition_findings,
    flow_findings,
    table_findings,
    name_findings,
    unset_findings,
    unused_findings,
    print_findings,
    clause_findings,
    scenario_findings,
    drawing_findings,
)
_ORDER = {"error": 0, "warning": 1, "note": 2}


def check(bundle: Bundle) -> tuple[Finding, ...]:
    """Return all findings of *bundle*, errors first, each file's together."""
    return check_parts(read_parts(bundle))


def check_parts(parts: Parts) -> tuple[Finding, ...]:
    """Return all findings of a bundle that has been read already."""
    found = list(parts.findings)
    for rule in RULES:
        found.extend(rule(parts))
    found.sort(key=lambda each: (_ORDER[each.severity], each.file, each.line or 0))
    return tuple(found)
