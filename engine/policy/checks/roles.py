"""Tells which of the roles that something names the policy does not have."""

from collections.abc import Iterable, Iterator

from engine.bpmn import ElementInfo
from engine.model import Finding, Sentence
from engine.policy.parts import Parts
from engine.policy.toml import did_you_mean


def unknown_roles(
    parts: Parts, roles: Iterable[str], file: str, place: str | None
) -> Iterator[Finding]:
    """Yield a finding at a place of a file for each role that the policy does not have."""
    for role in roles:
        if role not in parts.roles:
            yield Finding(
                file=file,
                element=place,
                rule="role-unknown",
                what=Sentence(
                    "Expected a role of this policy, but there is none called {role}.",
                    {"role": role},
                ),
                remedy=did_you_mean(role, parts.roles),
            )


def unknown_roles_at(
    parts: Parts, element: ElementInfo, roles: Iterable[str]
) -> Iterator[Finding]:
    """Yield the same for roles that an element names."""
    yield from unknown_roles(parts, roles, element.file, element.id)
