"""Who may read cases: roles that there are, and somebody to speak for the house."""

from collections.abc import Iterator

from engine.bpmn import ElementInfo
from engine.model import Finding, Sentence
from engine.policy.checks.elements import all_elements, finding_at
from engine.policy.checks.roles import unknown_roles
from engine.policy.parts import POLICY, Parts
from engine.policy.settings import PolicySettings


def privacy_findings(parts: Parts) -> Iterator[Finding]:
    """Yield what is wrong with the readers of cases and with confidential ones."""
    settings = parts.settings
    if settings is None:
        return
    yield from unknown_roles(parts, settings.readers, POLICY, "case.readers")
    yield from _grouping_findings(settings)
    confidential = settings.confidential
    outward = [each for each in all_elements(parts) if "outward" in each.properties]
    if confidential is not None:
        yield from unknown_roles(parts, confidential.roles, POLICY, "confidential.roles")
    if confidential is None or confidential.spokesperson is None:
        for element in outward:
            yield finding_at(
                element,
                "task-outward",
                Sentence("Expected policy.toml to name a spokesperson, but it names none."),
                Sentence(
                    "Write [confidential] with spokesperson, or take the property out."
                ),
            )
    elif not outward:
        yield Finding(
            file=POLICY,
            element="confidential.spokesperson",
            rule="spokesperson-unused",
            what=Sentence(
                "Expected a task that goes outside, but no task has the property outward."
            ),
            remedy=Sentence("Write outward = yes at what only the spokesperson may do."),
            severity="warning",
        )


def _grouping_findings(settings: PolicySettings) -> Iterator[Finding]:
    """Yield the columns that name somebody and that figures go by, which stay for good."""
    counted = settings.statistics.columns if settings.statistics else frozenset()
    for column in sorted(counted & settings.personal_columns):
        yield Finding(
            file=POLICY,
            element=f"statistics {column}",
            rule="statistics-personal",
            what=Sentence(
                "Expected figures that name nobody, but {column} reads what [case] personal"
                " lists.",
                {"column": column},
            ),
            remedy=Sentence(
                "Count by another column, or take the variable out of [case] personal."
            ),
        )


def outward_rule(_: Parts, element: ElementInfo, text: str) -> Iterator[Finding]:
    """Yield what is wrong with the property `outward` of a task."""
    if text != "yes":
        yield finding_at(
            element,
            "task-outward",
            Sentence("Expected yes, but the property outward is {text}.", {"text": text}),
            Sentence("Write yes, or take the property out where nothing goes outside."),
        )
