"""Opinions that were asked for at tasks: what was asked, of whom, and the answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.model import NotFound
from engine.queries.showing.masking import shown_titles, veils_over
from engine.queries.showing.names import people_names
from engine.queries.showing.visibility import require_right, visible_case
from engine.store.models import Case, Opinion, Task
from engine.store.reading import Reading
from engine.store.visibility import open_to


@dataclass(frozen=True, slots=True)
class AskedOpinion:
    """An opinion that was asked for."""

    id: int
    by: str
    asked: str
    question: str
    holds: bool
    state: str  #: open, given or dropped.
    text: str | None
    at: datetime
    ended_at: datetime | None
    is_for_me: bool
    may_drop: bool


def opinions_of(reading: Reading, task: Task) -> tuple[AskedOpinion, ...]:
    """Return all opinions that were asked for at *task*, the oldest first."""
    rows = reading.session.scalars(
        select(Opinion).where(Opinion.task_id == task.id).order_by(Opinion.id)
    ).all()
    names = people_names(reading, (login for row in rows for login in (row.by, row.asked)))
    me = reading.actor.login
    is_open = task.state == "open"
    return tuple(
        AskedOpinion(
            id=row.id,
            by=names[row.by],
            asked=names[row.asked],
            question=row.question,
            holds=row.holds,
            state=row.state,
            text=row.text,
            at=row.at,
            ended_at=row.ended_at,
            is_for_me=is_open and row.state == "open" and row.asked == me,
            may_drop=is_open and row.state == "open" and me in (row.by, task.assignee),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class WantedOpinion:
    """A line of the list of opinions that the asking person owes."""

    id: int
    task_id: int
    task: str
    case_id: int
    case_number: str
    case_title: str
    by: str
    question: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WantedOpinions:
    """The opinions that the asking person is asked for."""

    def answer(self, reading: Reading) -> Sequence[WantedOpinion]:
        """Return them, the oldest first."""
        rows = reading.session.execute(
            select(Opinion, Task.name, Case.number)
            .join(Task, Task.id == Opinion.task_id)
            .join(Case, Case.id == Opinion.case_id)
            .where(
                Opinion.asked == reading.actor.login,
                Opinion.state == "open",
                Task.state == "open",
                open_to(reading.actor, Opinion.case_id),
            )
            .order_by(Opinion.id)
        ).all()
        names = people_names(reading, (row.Opinion.by for row in rows))
        ids = [row.Opinion.case_id for row in rows]
        veils, titles = veils_over(reading, ids), shown_titles(reading, ids)
        return [
            WantedOpinion(
                id=row.Opinion.id,
                task_id=row.Opinion.task_id,
                task=row.name,
                case_id=row.Opinion.case_id,
                case_number=row.number,
                case_title=titles[row.Opinion.case_id],
                by=names[row.Opinion.by],
                question=veils[row.Opinion.case_id].text(row.Opinion.question),
                at=row.Opinion.at,
            )
            for row in rows
        ]


@dataclass(frozen=True, slots=True)
class OpinionPage:
    """A question that the asking person was asked, to be answered on its task's page."""

    opinion_id: int

    def answer(self, reading: Reading) -> int:
        """Return the task that it is about.

        Raises:
            NotFound: If there is none.
            NotAllowed: If its case is not for this person.
        """
        row = reading.session.get(Opinion, self.opinion_id)
        if row is None:
            raise NotFound(
                "Expected to find opinion {opinion}, but there is none.",
                opinion=self.opinion_id,
            )
        visible_case(reading, row.case_id)
        return row.task_id


@dataclass(frozen=True, slots=True)
class OpenOpinion:
    """The question of a case that somebody has still to answer."""

    case_id: int
    login: str

    def answer(self, reading: Reading) -> int:
        """Return its id; for whoever may audit.

        Raises:
            NotFound: If the person was not asked.
        """
        require_right(reading.actor, "audit")
        chosen = select(Opinion.id).where(
            Opinion.case_id == self.case_id, Opinion.asked == self.login
        )
        ids = reading.session.scalars(
            chosen.order_by(Opinion.state != "open", Opinion.id)
        ).all()
        if not ids:
            raise NotFound(
                "Expected {login} to be asked for an opinion, but nobody did.",
                login=self.login,
            )
        return ids[0]
