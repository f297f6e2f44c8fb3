"""The ledger and the reports: roles that may see them, and processes that there are."""

from collections.abc import Iterator

from engine.feel.syntax import tree
from engine.feel.syntax.tree import every_node
from engine.model import Finding, Sentence
from engine.policy.checks.roles import unknown_roles
from engine.policy.parts import POLICY, Parts
from engine.policy.readings import ledger_readings
from engine.policy.sections.ledger import Ledger
from engine.policy.toml import did_you_mean

_CLOCK = frozenset({"now", "today"})


def ledger_findings(parts: Parts) -> Iterator[Finding]:
    """Yield what the ledger and the reports name that is not there."""
    settings = parts.settings
    if settings is None:
        return
    if settings.ledger is not None:
        yield from unknown_roles(parts, settings.ledger.readers, POLICY, "ledger.readers")
        yield from _processes(parts, settings.ledger)
        yield from _moments(parts)
    for number, report in enumerate(settings.reports, start=1):
        yield from unknown_roles(parts, report.roles, POLICY, f"report[{number}].roles")


def _moments(parts: Parts) -> Iterator[Finding]:
    """Look for what changes by itself: an entry is written only when its case moves."""
    for reading in ledger_readings(parts):
        for node in every_node(reading.expression.tree):
            if isinstance(node, tree.Name) and node.name in _CLOCK:
                yield Finding(
                    file=POLICY,
                    element=reading.element,
                    rule="ledger-moment",
                    what=Sentence(
                        "Expected a value that changes only with the case, but {function} "
                        "changes by itself.",
                        {"function": f"{node.name}()"},
                    ),
                    remedy=Sentence("Read clock.openedAt or clock.closedAt instead."),
                )


def _processes(parts: Parts, ledger: Ledger) -> Iterator[Finding]:
    starts = parts.settings.starts if parts.settings is not None else ()
    known = sorted({start.process for start in starts})
    for process in ledger.processes:
        if process not in known:
            yield Finding(
                file=POLICY,
                element="ledger.processes",
                rule="process-unknown",
                what=Sentence(
                    "Expected a process that policy.toml starts, but there is none called "
                    "{process}.",
                    {"process": process},
                ),
                remedy=did_you_mean(process, known),
            )
