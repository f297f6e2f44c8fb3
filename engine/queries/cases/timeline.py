"""What happened in a case, in order, from all that was written down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from engine.model import PUBLIC, Json, Sentence
from engine.queries.deadlines.extensions import told_extensions
from engine.queries.handling.answers import Answer, AnswerReader
from engine.queries.handling.byhand import told_by_hand
from engine.queries.handling.signing import signatures_of
from engine.queries.showing.names import people_names
from engine.store.models import (
    Activity,
    Case,
    Comment,
    CustomerLetter,
    DecisionTaken,
    Incident,
    Message,
    Notice,
    Opinion,
    Submission,
    Task,
)
from engine.store.onlookers import REVEAL
from engine.store.reading import Reading
from engine.store.surveys import answer_to_survey
from engine.store.taken_back import taken_back
from engine.store.tracking import without_link

EventKind = Literal[
    "start",
    "task",
    "routed",
    "machine",
    "decision",
    "letter",
    "comment",
    "incident",
    "revealed",
    "end",
]


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule of a table that hit."""

    number: int  #: From 1, as the table counts.
    notes: tuple[str, ...]  #: Its annotations.
    outputs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TableAsked:
    """A table that was asked, with what it read and the rules that hit."""

    name: str
    file: str
    inputs: tuple[tuple[str, str], ...]
    rules: tuple[RuleHit, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    at: datetime
    kind: EventKind
    sentence: Sentence
    by: str | None = None  #: A login; the name, once the list is put together.
    text: str = ""  #: What was remarked.
    answers: tuple[Answer, ...] = ()
    tables: tuple[TableAsked, ...] = ()
    task_id: int | None = None
    clauses: tuple[str, ...] = ()  #: That ask for the step.
    signature: str = ""  #: The beginning of its digest, where it was signed.
    is_taken_back: bool = (
        False  #: Whether the case was sent back past it, to be done again.
    )


def timeline(
    reading: Reading, case: Case, answers: AnswerReader | None = None
) -> tuple[Event, ...]:
    """Return what happened in *case*, the oldest first; with *answers* what was entered."""
    events = [
        *_start(case, answers),
        *_tasks(reading, case, answers),
        *_by_hand(reading, case),
        *_more_time(reading, case),
        *_machine(reading, case),
        *_decisions(reading, case),
        *_messages(reading, case),
        *_letters(reading, case),
        *_letters_to_customer(reading, case),
        *_survey(reading, case, answers),
        *_comments(reading, case),
        *_incidents(reading, case),
        *_reveals(reading, case),
        *_end(case),
    ]
    names = people_names(reading, (event.by for event in events))
    named = [replace(event, by=names.get(event.by or "")) for event in events]
    return tuple(sorted(named, key=lambda event: event.at))


def _start(case: Case, answers: AnswerReader | None) -> Iterator[Event]:
    yield Event(
        at=case.started_at,
        kind="start",
        sentence=Sentence("registered as {number}", {"number": case.number}),
        by=case.started_by,
        answers=answers.registered() if answers else (),
    )


def _tasks(reading: Reading, case: Case, answers: AnswerReader | None) -> Iterator[Event]:
    tasks = reading.session.scalars(
        select(Task)
        .where(Task.case_id == case.id, Task.state == "completed")
        .order_by(Task.ended_at, Task.id)
    )
    signatures, gone = signatures_of(reading, case), taken_back(reading, case)
    for task in tasks:
        assert task.ended_at is not None
        signed = signatures.get(task.id)
        yield Event(
            at=task.ended_at,
            kind="task",
            sentence=Sentence("completed “{task}”", {"task": task.name}),
            by=task.completed_by,
            answers=answers.entered_at(task.id) if answers else (),
            task_id=task.id,
            clauses=tuple(task.clauses),
            signature=signed.digest if signed else "",
            is_taken_back=task.id in gone,
        )


def _by_hand(reading: Reading, case: Case) -> Iterator[Event]:
    for routed, sentence in told_by_hand(reading, case):
        yield Event(
            at=routed.at,
            kind="routed",
            sentence=sentence,
            by=routed.by,
            text=routed.reason,
            task_id=routed.task_id,
        )
    rows = reading.session.scalars(
        select(Opinion).where(Opinion.case_id == case.id).order_by(Opinion.id)
    ).all()
    names = people_names(reading, (row.asked for row in rows))
    for row in rows:
        asked = Sentence("asked {name} for an opinion", {"name": names[row.asked]})
        yield Event(at=row.at, kind="routed", sentence=asked, by=row.by, text=row.question)
        if row.ended_at is not None and row.state == "given":
            given = Sentence("gave an opinion")
            text = row.text or ""
            yield Event(row.ended_at, "routed", given, by=row.asked, text=text)


def _more_time(reading: Reading, case: Case) -> Iterator[Event]:
    for at, by, sentence, text, task_id in told_extensions(reading, case):
        yield Event(at, "routed", sentence, by=by, text=text, task_id=task_id)


def _machine(reading: Reading, case: Case) -> Iterator[Event]:
    activities = reading.session.scalars(
        select(Activity)
        .where(
            Activity.case_id == case.id,
            Activity.state == "left",
            Activity.kind.in_(["boundaryEvent", "intermediateCatchEvent", "endEvent"]),
        )
        .order_by(Activity.id)
    )
    for activity in activities:
        if activity.name:
            yield Event(
                at=activity.left_at or activity.entered_at,
                kind="machine",
                sentence=Sentence("“{event}” happened", {"event": activity.name}),
            )


def _decisions(reading: Reading, case: Case) -> Iterator[Event]:
    rows = reading.session.scalars(
        select(DecisionTaken)
        .where(DecisionTaken.case_id == case.id)
        .order_by(DecisionTaken.id)
    )
    for row in rows:
        tables = tuple(_table(table) for table in row.tables)
        name = tables[-1].name if tables else row.decision_id
        yield Event(
            at=row.at,
            kind="decision",
            sentence=Sentence("decided by the table “{table}”", {"table": name}),
            tables=tables,
        )


def _table(table: Json) -> TableAsked:
    return TableAsked(
        name=table["name"] or table["decision_id"],
        file=table["file"],
        inputs=_pairs(table["inputs"]),
        rules=tuple(
            RuleHit(
                number=rule["index"],
                notes=tuple(note for note in rule["annotations"] if note),
                outputs=_pairs(rule["outputs"]),
            )
            for rule in table["rules"]
        ),
    )


def _pairs(values: Json) -> tuple[tuple[str, str], ...]:
    """Return names and values as text, whether they came as an object or a list."""
    if isinstance(values, dict):
        return tuple((name, _plain(value)) for name, value in values.items())
    if isinstance(values, list):
        return tuple(pair for value in values for pair in _pairs(value))
    return (("", _plain(values)),)


def _plain(value: Json) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return "✓" if value else "✗"
        case list():
            return "、".join(_plain(item) for item in value)
        case dict():
            return "；".join(f"{name} {_plain(item)}" for name, item in value.items())
        case _:
            return str(value)


def _messages(reading: Reading, case: Case) -> Iterator[Event]:
    rows = reading.session.scalars(
        select(Message).where(Message.case_id == case.id).order_by(Message.id)
    )
    for row in rows:
        yield Event(
            at=row.correlated_at or row.received_at,
            kind="machine",
            sentence=Sentence("the message “{message}” arrived", {"message": row.name}),
            by=row.received_from,
        )


def _letters(reading: Reading, case: Case) -> Iterator[Event]:
    rows = reading.session.scalars(
        select(Notice)
        .where(Notice.case_id == case.id, Notice.kind == "letter")
        .order_by(Notice.id)
    ).all()
    names = people_names(reading, (row.login for row in rows))
    by_letter: dict[tuple[datetime, str], list[str]] = {}
    for row in rows:
        by_letter.setdefault((row.at, row.title or ""), []).append(names[row.login])
    for (at, title), receivers in by_letter.items():
        yield Event(
            at=at,
            kind="letter",
            sentence=Sentence(
                "“{letter}” was sent to {people}",
                {"letter": title, "people": "、".join(receivers)},
            ),
        )


def _letters_to_customer(reading: Reading, case: Case) -> Iterator[Event]:
    rows = reading.session.scalars(
        select(CustomerLetter)
        .where(CustomerLetter.case_id == case.id)
        .order_by(CustomerLetter.id)
    )
    for row in rows:
        told = Sentence("“{letter}” was written to the customer", {"letter": row.title})
        text = without_link(reading, case.id, row.body)
        yield Event(at=row.at, kind="letter", sentence=told, text=text)


def _survey(reading: Reading, case: Case, answers: AnswerReader | None) -> Iterator[Event]:
    answer = answer_to_survey(reading, case.id)
    if answer is not None:
        yield Event(
            at=answer.at,
            kind="task",
            sentence=Sentence("answered the survey"),
            by=PUBLIC.login,
            answers=answers.surveyed() if answers else (),
        )


def _comments(reading: Reading, case: Case) -> Iterator[Event]:
    rows = reading.session.scalars(
        select(Comment).where(Comment.case_id == case.id).order_by(Comment.id)
    )
    for row in rows:
        yield Event(
            at=row.at,
            kind="comment",
            sentence=Sentence("remarked"),
            by=row.by,
            text=row.text,
        )


def _reveals(reading: Reading, case: Case) -> Iterator[Event]:
    rows = reading.session.scalars(
        select(Submission)
        .where(Submission.case_id == case.id, Submission.command == REVEAL)
        .order_by(Submission.id)
    )
    looked = Sentence("asked to be shown the personal data")
    for row in rows:
        reason = str((row.values or {}).get("reason", ""))
        yield Event(at=row.at, kind="revealed", sentence=looked, by=row.by, text=reason)


def _incidents(reading: Reading, case: Case) -> Iterator[Event]:
    rows: Sequence[Incident] = reading.session.scalars(
        select(Incident).where(Incident.case_id == case.id).order_by(Incident.id)
    ).all()
    for row in rows:
        yield Event(
            at=row.opened_at,
            kind="incident",
            sentence=Sentence("stopped: {reason}", {"reason": row.sentence}),
        )
        if row.resolved_at is not None:
            yield Event(
                at=row.resolved_at,
                kind="machine",
                sentence=Sentence("goes on again"),
                by=row.resolved_by,
            )


def _end(case: Case) -> Iterator[Event]:
    if case.ended_at is None:
        return
    if case.erased_at is not None:
        erased = Sentence("the personal data was erased")
        yield Event(at=case.erased_at, kind="machine", sentence=erased)
    if case.state == "cancelled":
        yield Event(
            at=case.ended_at,
            kind="end",
            sentence=Sentence("cancelled: {reason}", {"reason": case.reason or ""}),
        )
    else:
        yield Event(at=case.ended_at, kind="end", sentence=Sentence("closed"))
