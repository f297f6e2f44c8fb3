"""Judges what is left: nothing accepted is lost, half done or done twice.

It does not trust the engine and its `verify`: it reads rows, and states as JSON, itself.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from engine.model import SYSTEM
from engine.runtime import Engine
from engine.store.agreeing import find_disagreements
from engine.store.models import (
    Activity,
    Case,
    Comment,
    Delivery,
    Incident,
    Job,
    JournalLine,
    Message,
    SavedExecution,
    Submission,
    Subscription,
    Task,
)
from engine.store.verifying import verify
from tests.crash.notebook import Told
from tests.engine.commands.knowing import rows
from tests.together.rapids import PROCESS

#: What a token at an element of the policy waits for, by the element's name in the state.
WAITS = {
    "examine": "task",
    "sign:each": "task",
    "close": "task",
    "remind": "work",
    "inform": "work",
    "too-late": "timer",
    "soon-late": "timer",
    "nobody-answered": "timer",
    "answer-came": "message",
}
#: How often each element is entered in a case that went to its end.
ONCE = ("examine", "signing", "inform", "close", "closed", "answer-or-not", "all-done")
_OWED = ("waiting", "running")


def judge_notes(engine: Engine, told: Iterable[Told]) -> Iterator[str]:
    """Find what was told to a process and is not so."""
    count = Counter(line.command_id for line in rows(engine, JournalLine))
    for each in told:
        for command_id in each.accepted:
            if count[command_id] != 1:
                yield f"{command_id} was accepted, and stands {count[command_id]} times."
        for command_id, why in each.refused.items():
            if count[command_id]:
                yield f"{command_id} was refused ({why}), and was done."


def judge_journal(engine: Engine) -> Iterator[str]:
    """Find what `complaintflow verify` finds."""
    with engine.database.reading(engine.clock.now(), SYSTEM) as reading:
        faults = verify(reading) + find_disagreements(reading)
        yield from [str(fault.sentence) for fault in faults]


def judge_effects(engine: Engine) -> Iterator[str]:
    """Find commands without their effects, twice with them, and effects without them."""
    lines = _Lines(engine)
    for name, expected, found in (
        ("cases", lines.results("StartCase"), _ids(rows(engine, Case))),
        ("comments", lines.results("AddComment"), _ids(rows(engine, Comment))),
        ("completed tasks", lines.said("CompleteTask", "task_id"), _completed(engine)),
        ("timers", lines.said("FireTimer", "job_id"), _done(engine, "timer")),
        ("letters", lines.said("CarryOut", "job_id"), _done(engine, "work")),
        ("e-mails", lines.said("FinishJob", "job_id"), _done(engine, "email")),
        ("entries", lines.submissions(), _ids(rows(engine, Submission))),
        (
            "messages",
            lines.said("CorrelateMessage", "message"),
            _ids(rows(engine, Message)),
        ),
    ):
        yield from _compared(name, expected, found)
    sent = rows(engine, Delivery, Delivery.state == "sent")
    yield from _compared(
        "sent", _done(engine, "email"), Counter(delivery.job_id for delivery in sent)
    )


def judge_numbers(engine: Engine) -> Iterator[str]:
    """Find numbers of cases that were left out or given twice."""
    given: dict[str, list[int]] = {}
    for case in rows(engine, Case):
        month, _, count = case.number.rpartition("-")
        given.setdefault(month, []).append(int(count))
    for month, counts in given.items():
        if sorted(counts) != list(range(1, len(counts) + 1)):
            yield f"The numbers of {month} have gaps."


def judge_mail(engine: Engine, folder: Path) -> tuple[list[str], int]:
    """Return faults of outgoing mail, and how many were handed over twice."""
    taken = Counter(
        line for box in folder.glob("*.mail") for line in box.read_text().splitlines()
    )
    ids = Counter(int(re.findall(r"\d+", message_id)[0]) for message_id in taken)
    sent = _ids(rows(engine, Delivery, Delivery.state == "sent"))
    faults = [f"E-mail {number} was not sent." for number in sent - ids]
    faults += [
        f"E-mail {number} had two ids." for number, count in ids.items() if count > 1
    ]
    return faults, sum(taken.values()) - len(taken)


def judge_states(engine: Engine) -> Iterator[str]:
    """Find cases whose state and whose rows do not agree."""
    waiting, active = _waiting_rows(engine), _active_rows(engine)
    states = {saved.case_id: saved for saved in rows(engine, SavedExecution)}
    for case in rows(engine, Case):
        tokens = _tokens(states[case.id].state)
        if case.state == "closed" and tokens:
            yield f"{case.number} is closed, and tokens are left."
        if _awaited(tokens) != waiting.get(case.id, Counter()):
            yield (
                f"{case.number} waits for {dict(_awaited(tokens))}, and rows are there for"
                f" {dict(waiting.get(case.id, {}))}."
            )
        inside = Counter(token for token, (_, phase) in tokens.items() if phase in "awlc")
        if inside != active.get(case.id, Counter()):
            yield f"{case.number} is at {inside}, and its activities at {active[case.id]}."


def judge_ends(engine: Engine) -> Iterator[str]:
    """Find cases that did not go their way exactly once."""
    entered: dict[int, Counter[str]] = {}
    for activity in rows(engine, Activity):
        entered.setdefault(activity.case_id, Counter())[activity.element_id] += 1
    for saved in rows(engine, SavedExecution):
        taken = json.loads(saved.flows)[PROCESS]
        more = [flow for flow, times in taken.items() if times > 1]
        yield from (f"{flow} was taken twice in {saved.case_id}." for flow in more)
    deliveries = Counter(delivery.case_id for delivery in rows(engine, Delivery))
    for case in rows(engine, Case):
        way = entered[case.id]
        if case.state != "closed":
            yield f"{case.number} is {case.state}."
        if [way[element] for element in ONCE] != [1] * len(ONCE):
            yield f"{case.number} did not go its way once: {dict(way)}."
        if way["sign"] != 3 or way["note-answer"] + way["note-silence"] != 1:
            yield f"{case.number} was not signed and answered once: {dict(way)}."
        if deliveries[case.id] != way["inform"] + way["remind"]:
            yield f"{case.number} sent {deliveries[case.id]} letters."
    for job in rows(engine, Job, Job.state.in_(_OWED), Job.kind != "checkpoint"):
        yield f"Job {job.id} ({job.kind}) is still owed."


class _Lines:
    """The journal, by command."""

    def __init__(self, engine: Engine) -> None:
        self._lines = rows(engine, JournalLine)

    def results(self, command: str) -> Counter:
        """Count what the lines of a command say came of it."""
        return Counter(json.loads(line.result) for line in self._of(command))

    def said(self, command: str, name: str) -> Counter:
        """Count what the lines of a command name; one that did nothing anew does not."""
        bodies = [json.loads(line.body) for line in self._of(command)]
        return Counter(body[name] for body in bodies if name in body)

    def submissions(self) -> Counter:
        """Count the entries that lines cite."""
        bodies = [json.loads(line.body) for line in self._lines]
        return Counter(body["submission"]["id"] for body in bodies if "submission" in body)

    def _of(self, command: str) -> list[JournalLine]:
        return [line for line in self._lines if line.command == command]


def _compared(name: str, expected: Counter, found: Counter) -> Iterator[str]:
    if expected != found:
        yield (
            f"Of the {name}, {dict(expected - found)} stand in the journal alone, and"
            f" {dict(found - expected)} in the tables alone."
        )


def _ids(found: Iterable) -> Counter:
    return Counter(row.id for row in found)


def _completed(engine: Engine) -> Counter:
    return _ids(rows(engine, Task, Task.state == "completed"))


def _done(engine: Engine, kind: str) -> Counter:
    return _ids(rows(engine, Job, Job.kind == kind, Job.state == "done"))


def _tokens(state: str) -> dict[str, tuple[str, str]]:
    """Return of each token in a saved state where it is, and in which phase."""
    return {
        token: (name, notes.get("p", "-"))
        for _, _, _, tokens in json.loads(state)["trees"]
        for token, name, _, notes, *_ in tokens
    }


def _awaited(tokens: Mapping[str, tuple[str, str]]) -> Counter:
    return Counter(
        (WAITS[name], token)
        for token, (name, phase) in tokens.items()
        if name in WAITS and phase in "wv"
    )


def _waiting_rows(engine: Engine) -> dict[int, Counter]:
    found: dict[int, Counter] = {}
    given_up = {
        incident.job_id for incident in rows(engine, Incident, Incident.state == "open")
    }
    for task in rows(engine, Task, Task.state == "open"):
        found.setdefault(task.case_id, Counter())["task", task.token] += 1
    for job in rows(engine, Job, Job.kind.in_(("timer", "work"))):
        if job.state in _OWED or job.id in given_up:
            found.setdefault(job.case_id, Counter())[job.kind, job.token] += 1
    for waiting in rows(engine, Subscription, Subscription.case_id.is_not(None)):
        found.setdefault(waiting.case_id, Counter())["message", waiting.token] += 1
    return found


def _active_rows(engine: Engine) -> dict[int, Counter]:
    found: dict[int, Counter] = {}
    for activity in rows(engine, Activity, Activity.state == "active"):
        found.setdefault(activity.case_id, Counter())[activity.token] += 1
    return found
