"""Compares how a case ended with how it should."""

from collections.abc import Iterator

from engine.model import Json, Sentence
from engine.policy.scenario import End, ExpectedNotice
from engine.queries.progress.trace import SentNotice, Trace
from engine.simulation.cast import Cast


def compare_end(end: End, trace: Trace, cast: Cast) -> list[Sentence]:
    """Return every difference between what must hold and what does."""
    return [
        *_state(end, trace),
        *_ends(end, trace),
        *_variables(end, trace),
        *_notices(end, trace, cast),
    ]


def _state(end: End, trace: Trace) -> Iterator[Sentence]:
    if end.state != trace.state:
        yield Sentence(
            "Expected the case to be {expected} at the end, but it is {state}; these wait: "
            "{waiting}.",
            {
                "expected": end.state,
                "state": trace.state,
                "waiting": ", ".join(task.element_id for task in trace.tasks) or "-",
            },
        )
    for incident in trace.incidents if end.state == "closed" else ():
        yield Sentence(
            "The case is stopped at {element}: {reason}",
            {"element": incident.element_id or "-", "reason": incident.sentence},
        )


def _ends(end: End, trace: Trace) -> Iterator[Sentence]:
    for element in end.ends:
        if element not in trace.ends:
            yield Sentence(
                "Expected the case to come to {element}, but it came to: {ends}.",
                {"element": element, "ends": ", ".join(sorted(trace.ends)) or "-"},
            )


def _variables(end: End, trace: Trace) -> Iterator[Sentence]:
    for name, expected in end.variables.items():
        value = trace.variables.get(name)
        if not _matches(expected, value):
            yield Sentence(
                "Expected {name} to be {expected}, but it is {value}.",
                {"name": name, "expected": str(expected), "value": str(value)},
            )


def _matches(expected: Json, value: Json) -> bool:
    """Tell whether *value* holds all that is expected of it; objects may hold more."""
    if isinstance(expected, dict) and isinstance(value, dict):
        return all(_matches(expected[key], value.get(key)) for key in expected)
    return bool(expected == value) and isinstance(expected, bool) == isinstance(value, bool)


def _notices(end: End, trace: Trace, cast: Cast) -> Iterator[Sentence]:
    for expected in end.notices:
        if not any(_is_it(expected, sent, cast) for sent in trace.notices):
            sent = [
                f"{each.about} → {each.login or each.address}" for each in trace.notices
            ]
            yield Sentence(
                "Expected {notice} to go to {to}, but these went: {sent}.",
                {
                    "notice": expected.about,
                    "to": expected.email or expected.to or "-",
                    "sent": ", ".join(sent) or "-",
                },
            )


def _is_it(expected: ExpectedNotice, sent: SentNotice, cast: Cast) -> bool:
    return (
        (expected.kind, expected.about) == (sent.kind, sent.about)
        and expected.email in (None, sent.address)
        and (expected.to in (None, sent.login) or cast.holds(sent.login, expected.to or ""))
    )
