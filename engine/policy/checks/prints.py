"""Prints that name roles or tasks that are not there, or parts that rows have not."""

from collections.abc import Iterator

from engine.feel.shapes import shape_of
from engine.model import Finding, Sentence
from engine.policy.checks.elements import all_elements
from engine.policy.checks.names import FACTS, names_set
from engine.policy.checks.roles import unknown_roles
from engine.policy.parts import Parts
from engine.policy.prints import Print, PrintSection
from engine.policy.shapes import variables_of
from engine.policy.toml import did_you_mean


def print_findings(parts: Parts) -> Iterator[Finding]:
    """Yield what is wrong with the prints, beside what each expression reads of a case."""
    if not parts.processes:
        return
    for printed in parts.prints.values():
        yield from unknown_roles(parts, printed.keepers, _file(printed), "keepers")
        for number, section in enumerate(printed.sections, start=1):
            place = f"section[{number}]"
            yield from _signatures(parts, printed, section, place)
            yield from _rows(parts, printed, section, place)


def _signatures(
    parts: Parts, printed: Print, section: PrintSection, place: str
) -> Iterator[Finding]:
    tasks = [each.id for each in all_elements(parts) if each.kind == "userTask"]
    for task in section.signatures:
        if task not in tasks:
            yield Finding(
                file=_file(printed),
                element=f"{place}.signatures",
                rule="print-signature",
                what=Sentence(
                    "Expected the id of a user task, but there is none called {task}.",
                    {"task": task},
                ),
                remedy=did_you_mean(task, tasks),
            )


def _rows(
    parts: Parts, printed: Print, section: PrintSection, place: str
) -> Iterator[Finding]:
    """Look at what the fields of rows read: parts of a row, or else of the case."""
    if section.rows is None:
        return
    row = shape_of(section.rows.tree, variables_of(parts).known).innermost
    if row.members is None:
        return  # Nothing is known of the rows.
    known = {*row.members, *names_set(parts), *FACTS}
    for field in section.row_fields:
        for name in sorted(field.value.reads - known):
            yield Finding(
                file=_file(printed),
                element=f"{place}.row-fields",
                rule="name-unset",
                what=Sentence(
                    "The expression {expression} reads {name}, which nothing sets.",
                    {"expression": field.value.source.strip(), "name": name},
                ),
                remedy=did_you_mean(name, known),
                severity="warning",
            )


def _file(printed: Print) -> str:
    return f"prints/{printed.id}.toml"
