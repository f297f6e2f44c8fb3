"""Expressions that read names which nothing sets."""

from collections.abc import Collection, Iterator

from engine.calendar import DEFAULT_CALENDAR
from engine.feel import Expression, working_time_functions
from engine.feel.shapes import Shape, kinds_in_words
from engine.feel.syntax.reads import Path
from engine.markup import parse_xml
from engine.model import Finding, Sentence
from engine.policy.checks.completions import (
    COMPLETIONS,
    completion_findings,
    knows_completions,
)
from engine.policy.checks.elements import all_elements
from engine.policy.outcomes import outcome_of
from engine.policy.parts import POLICY, Parts
from engine.policy.readings import Reading, readings
from engine.policy.shapes import Variables, variables_of
from engine.policy.shapes.forms import within_form
from engine.policy.shapes.variables import CASE_FACTS, payload_of
from engine.policy.toml import did_you_mean

#: The facts that every expression of a case may read, with their members.
FACTS = {
    "case": CASE_FACTS,
    "registrar": ("login", "name", "unit", "parent"),
    "directory": ("units", "people"),
}
_FUNCTIONS = frozenset(working_time_functions(DEFAULT_CALENDAR))


def name_findings(parts: Parts) -> Iterator[Finding]:
    """Yield a warning for each name that is read and never set."""
    if not parts.processes:
        return
    known = names_set(parts)
    variables = variables_of(parts)
    yield from _in_tables(parts, known)
    yield from _in_lists(parts, known)
    told: set[tuple[str, str | None, str]] = set()
    for reading in readings(parts):
        yield from completion_findings(parts, reading)
        facts = reading.facts | ({COMPLETIONS} if knows_completions(reading) else set())
        for name in _unset(reading.expression, known | facts):
            if (reading.file, reading.element, name) not in told:
                told.add((reading.file, reading.element, name))
                yield _finding(reading, name, known)
        here = Variables(within_form(parts, reading.file, variables.known))
        for path in sorted(reading.expression.read_paths):
            stranger = _stranger(path, here)
            name = ".".join(path)
            if stranger and (reading.file, reading.element, name) not in told:
                told.add((reading.file, reading.element, name))
                yield _without_part(reading, *stranger)


def names_set(parts: Parts) -> set[str]:
    """Return the variables that forms, elements and messages set anywhere."""
    names = {key for form in parts.forms.values() for key in form.keys}
    for element in all_elements(parts):
        names |= element.writes
        names |= outcome_of(element).keys()
        names.update(payload_of(element))
    return names


def _stranger(path: Path, variables: Variables) -> tuple[Path, Shape] | None:
    """Return the part of *path* that is never there, and what it should be a part of."""
    for length in range(1, len(path)):
        whole = variables.at(path[:length]).innermost
        if path[0] in FACTS or not whole.present:
            return None
        is_member = whole.members is None or path[length] in whole.members
        if (whole.only("context") and not is_member) or whole.only(*_WITHOUT_PARTS):
            return path[: length + 1], whole
    return None


#: Kinds of values that have nothing behind a dot.
_WITHOUT_PARTS = ("string", "number", "boolean")


def _without_part(reading: Reading, path: Path, whole: Shape) -> Finding:
    name, before = ".".join(path), ".".join(path[:-1])
    source = reading.expression.source.strip()
    if whole.only("context"):
        what = Sentence(
            "The expression {expression} reads {name}, which nothing sets.",
            {"expression": source, "name": name},
        )
        members = [f"{before}.{member}" for member in whole.members or ()]
        remedy = did_you_mean(name, members)
    else:
        what = Sentence(
            "The expression {expression} reads {name}, but {whole} is {kinds}, which has "
            "no parts.",
            {
                "expression": source,
                "name": name,
                "whole": before,
                "kinds": kinds_in_words(whole),
            },
        )
        remedy = Sentence("Turn it into a date first, or read {whole}.", {"whole": before})
    return Finding(reading.file, reading.element, "name-unset", what, remedy, "warning")


def _in_tables(parts: Parts, known: Collection[str]) -> Iterator[Finding]:
    """Look at what decisions ask for, but for the labels of their input data."""
    if parts.decisions is None:
        return
    labels = {
        data.get("name", "")
        for source in parts.tables.values()
        for data in parse_xml(source).iter("{*}inputData")
    }
    for decision in parts.decisions.decisions.values():
        for name in sorted(decision.reads - labels - FACTS.keys() - {COMPLETIONS}):
            if name not in known:
                yield Finding(
                    file=decision.file,
                    element=decision.id,
                    rule="name-unset",
                    what=Sentence(
                        "The decision reads {name}, which nothing sets.", {"name": name}
                    ),
                    remedy=did_you_mean(name, [*known, *FACTS]),
                    severity="warning",
                )


def _in_lists(parts: Parts, known: Collection[str]) -> Iterator[Finding]:
    """Look at the variables that policy.toml lists for search and as personal data."""
    if parts.settings is None:
        return
    for place, paths in (
        ("case.search", parts.settings.search),
        ("case.personal", parts.settings.personal),
    ):
        for path in paths:
            name = path.partition(".")[0]
            if name not in known and name not in FACTS:
                yield Finding(
                    file=POLICY,
                    element=place,
                    rule="name-unset",
                    what=Sentence("It lists {name}, which nothing sets.", {"name": name}),
                    remedy=did_you_mean(name, [*known, *FACTS]),
                    severity="warning",
                )


def _unset(expression: Expression, known: Collection[str]) -> Iterator[str]:
    for path in sorted(expression.read_paths):
        root = path[0]
        if root in FACTS:
            if len(path) > 1 and path[1] not in FACTS[root]:
                yield f"{root}.{path[1]}"
        elif root not in known and root not in _FUNCTIONS:
            yield root


def _finding(reading: Reading, name: str, known: Collection[str]) -> Finding:
    members = [f"{fact}.{member}" for fact, inner in FACTS.items() for member in inner]
    return Finding(
        file=reading.file,
        element=reading.element,
        rule="name-unset",
        what=Sentence(
            "The expression {expression} reads {name}, which nothing sets.",
            {"expression": reading.expression.source.strip(), "name": name},
        ),
        remedy=did_you_mean(name, members if "." in name else [*known, *FACTS]),
        severity="warning",
    )
