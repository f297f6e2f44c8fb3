"""Work for the machine: only what somebody carries out, to people who exist."""

from collections.abc import Iterator, Mapping

from engine.bpmn import ElementInfo, Term
from engine.model import Finding, Sentence
from engine.policy.checks.elements import all_elements, finding_at, literal_words
from engine.policy.parts import Parts
from engine.policy.toml import did_you_mean

#: The job types that the platform carries out, with their headers.
JOBS: Mapping[str, tuple[str, ...]] = {"notify": ("letter", "groups", "people", "email")}
_RECIPIENTS = ("groups", "people", "email")


def job_findings(parts: Parts) -> Iterator[Finding]:
    """Yield what is wrong with the jobs of the diagrams."""
    for element in all_elements(parts):
        kind = element.job_type
        if element.job is None or kind is None:
            continue
        if kind in JOBS:
            yield from _notify(parts, element, element.job.headers)
        else:
            yield finding_at(
                element,
                "job-unknown",
                Sentence(
                    "Expected a job that is carried out, but there is none called {job}.",
                    {"job": kind},
                ),
                did_you_mean(kind, JOBS),
            )


def _notify(
    parts: Parts, element: ElementInfo, headers: Mapping[str, Term]
) -> Iterator[Finding]:
    for name in headers:
        if name not in JOBS["notify"]:
            yield finding_at(
                element,
                "job-header",
                Sentence(
                    "Expected only headers that are known, but {name} is not.",
                    {"name": name},
                ),
                did_you_mean(name, JOBS["notify"]),
            )
    if not any(name in headers for name in _RECIPIENTS):
        yield finding_at(
            element,
            "job-recipients",
            Sentence("Expected somebody whom the letter goes to, but nobody is named."),
            Sentence("Add a header groups, people or email."),
        )
    if "letter" not in headers:
        yield finding_at(
            element,
            "letter-unknown",
            Sentence("Expected the header letter, but there is none."),
            Sentence("Add it with the id of a letter: {known}.", {"known": _known(parts)}),
        )
    for letter in literal_words(headers.get("letter")):
        if letter not in parts.letters:
            yield finding_at(
                element,
                "letter-unknown",
                Sentence(
                    "Expected a letter of this policy, but there is none called {letter}.",
                    {"letter": letter},
                ),
                did_you_mean(letter, parts.letters),
            )
    for role in literal_words(headers.get("groups")):
        if role not in parts.roles:
            yield finding_at(
                element,
                "role-unknown",
                Sentence(
                    "Expected a role of this policy, but there is none called {role}.",
                    {"role": role},
                ),
                did_you_mean(role, parts.roles),
            )


def _known(parts: Parts) -> str:
    return ", ".join(parts.letters) or "-"
