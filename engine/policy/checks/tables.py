"""Decision tables with gaps and overlaps."""

from collections.abc import Iterator

from engine.dmn.analysis import analyse
from engine.model import Finding
from engine.policy.parts import Parts

#: Two rules of a table where only one may hit stop every case that comes to them; a gap
#: may be meant, where the cases of the firm never come to it.
_ERRORS = frozenset({"dmn-overlap"})


def table_findings(parts: Parts) -> Iterator[Finding]:
    """Yield what is wrong with the tables that can be read."""
    if parts.decisions is None:
        return
    for problem in analyse(parts.decisions):
        yield Finding(
            file=problem.file,
            element=problem.element,
            rule=problem.rule,
            what=problem.what,
            remedy=problem.remedy,
            severity="error" if problem.rule in _ERRORS else "warning",
        )
