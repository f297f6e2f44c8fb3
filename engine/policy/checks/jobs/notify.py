"""The job `notify`: a letter of the policy, to somebody."""

from collections.abc import Iterator

from engine.bpmn import ElementInfo
from engine.model import Finding, Sentence
from engine.policy.checks.elements import finding_at, literal_words
from engine.policy.checks.jobs.job import JobType
from engine.policy.checks.roles import unknown_roles_at
from engine.policy.letters import Letter
from engine.policy.parts import Parts
from engine.policy.toml import did_you_mean

_RECIPIENTS = ("groups", "people", "email")


def _findings(parts: Parts, element: ElementInfo) -> Iterator[Finding]:
    headers = element.job.headers if element.job is not None else {}
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
        elif "email" in headers:
            yield from not_by_email(parts.letters[letter])
    groups = literal_words(headers.get("groups"))
    yield from unknown_roles_at(parts, element, groups)


def not_by_email(letter: Letter) -> Iterator[Finding]:
    """Yield what is wrong where *letter* goes to an address, but may not go by e-mail."""
    if "email" not in letter.channels:
        yield Finding(
            f"letters/{letter.id}.md",
            "channels",
            "letter-channel",
            Sentence("Expected email among the channels, since it goes to an address."),
            Sentence('Add "email" to channels, or leave channels out.'),
        )


def _known(parts: Parts) -> str:
    return ", ".join(parts.letters) or "-"


JOB = JobType(_findings, optional=("letter", *_RECIPIENTS))
